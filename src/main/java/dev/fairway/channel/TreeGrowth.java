package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Trees with one more file. Only the trees on the file's own path are read and written, so it costs
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
   * The tree with the blob at the path, which must be free or hold that very blob.
   *
   * @param tree empty where there is none yet
   */
  ObjectId with(Optional<ObjectId> tree, List<String> path, ObjectId blob)
      throws IOException, OccupiedException {
    var entries = entries(tree);
    var name = path.getFirst();
    var isFile = path.size() == 1;
    var mode = isFile ? FileMode.REGULAR_FILE : FileMode.TREE;
    for (var other : List.of(name, name + "/")) {
      var there = entries.get(other);
      if (there != null && (!there.mode.equals(mode) || (isFile && !there.id.equals(blob)))) {
        throw new OccupiedException(name);
      }
    }
    var sortedAs = isFile ? name : name + "/";
    var below = Optional.ofNullable(entries.get(sortedAs)).map(Entry::id);
    var id = isFile ? blob : with(below, path.subList(1, path.size()), blob);
    entries.put(sortedAs, new Entry(mode, id));
    return written(entries);
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
