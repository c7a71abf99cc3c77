package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Trees with more files. Only the trees on the files' own paths are read and written, so it costs
 * the same after a thousand commits as after ten.
 */
record TreeGrowth(ObjectReader reader, ObjectInserter inserter) {
  private record Entry(FileMode mode, ObjectId id) {}

  /**
   * Something stands where the file or one of its folders should, and nothing may be taken away.
   */
  static final class OccupiedException extends Exception {
    private static final long serialVersionUID = 1;

    OccupiedException(String name) {
      super(name);
    }
  }

  /**
   * The tree with the blobs at their paths, each of which must be free or hold that very blob.
   *
   * @param tree empty where there is none yet
   * @param files by path, each byte of it a letter of Latin-1
   */
  ObjectId with(Optional<ObjectId> tree, Map<String, ObjectId> files)
      throws IOException, OccupiedException {
    var entries = entries(tree);
    var below = new TreeMap<String, Map<String, ObjectId>>();
    for (var file : files.entrySet()) {
      var path = file.getKey();
      var slash = path.indexOf('/');
      if (slash < 0) {
        put(entries, path, new Entry(FileMode.REGULAR_FILE, file.getValue()));
      } else {
        below
            .computeIfAbsent(path.substring(0, slash), _ -> new TreeMap<>())
            .put(path.substring(slash + 1), file.getValue());
      }
    }
    for (var folder : below.entrySet()) {
      var name = folder.getKey();
      var there = Optional.ofNullable(entries.get(name + "/")).map(Entry::id);
      put(entries, name, new Entry(FileMode.TREE, with(there, folder.getValue())));
    }
    return written(entries);
  }

  private static void put(TreeMap<String, Entry> entries, String name, Entry entry)
      throws OccupiedException {
    var isFile = !entry.mode.equals(FileMode.TREE);
    for (var other : List.of(name, name + "/")) {
      var there = entries.get(other);
      if (there != null && (!there.mode.equals(entry.mode) || (isFile && !there.equals(entry)))) {
        throw new OccupiedException(name);
      }
    }
    entries.put(isFile ? name : name + "/", entry);
  }

  /** By name, a folder's with a slash behind it: the order that trees are written in. */
  private TreeMap<String, Entry> entries(Optional<ObjectId> tree) throws IOException {
    var entries = new TreeMap<String, Entry>();
    if (tree.isPresent()) {
      var parser = new CanonicalTreeParser(new byte[0], reader, tree.get());
      for (; !parser.eof(); parser.next(1)) {
        var name = new byte[parser.getNameLength()];
        parser.getName(name, 0);
        var mode = parser.getEntryFileMode();
        // Latin-1 keeps every byte, and its order is that of the bytes.
        var text = new String(name, ISO_8859_1);
        var sortedAs = mode.equals(FileMode.TREE) ? text + "/" : text;
        entries.put(sortedAs, new Entry(mode, parser.getEntryObjectId()));
      }
    }
    return entries;
  }

  private ObjectId written(TreeMap<String, Entry> entries) throws IOException {
    var formatter = new TreeFormatter();
    entries.forEach((sortedAs, entry) -> {
      var name = sortedAs.endsWith("/") ? sortedAs.substring(0, sortedAs.length() - 1) : sortedAs;
      formatter.append(name.getBytes(ISO_8859_1), entry.mode, entry.id);
    });
    return inserter.insert(formatter);
  }
}
