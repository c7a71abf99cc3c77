package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * What a tree has more than the one before it, where it has nothing less. It costs as much as the
 * trees that differ, each of which must have its names once and in Git's order: of two of one name
 * one reader may find what another does not.
 */
final class Additions {
  private final ObjectReader reader;
  private final SortedMap<String, Added> found = new TreeMap<>();

  /** Whoever goes back in history meets what was before again as what came after. */
  private Map<ObjectId, byte[]> known = new HashMap<>();

  private Map<ObjectId, byte[]> met = new HashMap<>();

  Additions(ObjectReader reader) {
    this.reader = reader;
  }

  /**
   * @param mode as it stands there
   */
  record Added(int mode, ObjectId id) {
    boolean isRegular() {
      return mode == FileMode.REGULAR_FILE.getBits();
    }
  }

  /** Something is not as it was, or stands there in two ways. */
  static final class NotOnlyAddedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String what;

    private NotOnlyAddedException(String what) {
      super(what);
      this.what = what;
    }

    String what() {
      return what;
    }
  }

  /** By path, each byte of it a letter of Latin-1. */
  SortedMap<String, Added> between(Optional<ObjectId> before, ObjectId after)
      throws IOException, NotOnlyAddedException {
    known = met;
    met = new HashMap<>();
    found.clear();
    compare("", before, after);
    return new TreeMap<>(found);
  }

  private void compare(String folder, Optional<ObjectId> before, ObjectId after)
      throws IOException, NotOnlyAddedException {
    var was = parser(before.isPresent() ? bytes(before.get()) : new byte[0]);
    var becomes = parser(bytes(after));
    var last = parser(bytes(after));
    if (becomes.eof()) {
      throw new NotOnlyAddedException("has an empty folder " + folder);
    }
    while (!was.eof() || !becomes.eof()) {
      var order = order(was, becomes);
      if (order < 0) {
        throw new NotOnlyAddedException("deletes " + firstFile(folder, was));
      }
      if (order > 0) {
        add(folder, becomes);
      } else {
        keep(folder, was, becomes);
        was.next(1);
      }
      becomes.next(1);
      requireAscending(folder, last, becomes);
    }
  }

  /** The two are of one tree, and the first is one behind. */
  private static void requireAscending(
      String folder, CanonicalTreeParser last, CanonicalTreeParser next)
      throws NotOnlyAddedException {
    if (!next.eof()) {
      if (last.pathCompare(next) >= 0) {
        throw new NotOnlyAddedException(
            "has twice, or out of order, the name " + folder + name(next));
      }
      last.next(1);
    }
  }

  private static int order(CanonicalTreeParser was, CanonicalTreeParser becomes) {
    if (was.eof()) {
      return 1;
    }
    return becomes.eof() ? -1 : was.pathCompare(becomes);
  }

  private void add(String folder, CanonicalTreeParser becomes)
      throws IOException, NotOnlyAddedException {
    var path = folder + name(becomes);
    var id = becomes.getEntryObjectId();
    if (isFolder(becomes)) {
      compare(path + "/", Optional.empty(), id);
    } else {
      found.put(path, new Added(becomes.getEntryRawMode(), id));
    }
  }

  private void keep(String folder, CanonicalTreeParser was, CanonicalTreeParser becomes)
      throws IOException, NotOnlyAddedException {
    var isSame = was.idEqual(becomes);
    if (was.getEntryRawMode() != becomes.getEntryRawMode() || (!isSame && !isFolder(becomes))) {
      throw new NotOnlyAddedException("changes " + folder + name(becomes));
    }
    if (!isSame) {
      var before = Optional.of(was.getEntryObjectId());
      compare(folder + name(becomes) + "/", before, becomes.getEntryObjectId());
    }
  }

  /** Of what the entry is, or holds. */
  private String firstFile(String folder, CanonicalTreeParser entry) throws IOException {
    var path = folder + name(entry);
    if (!isFolder(entry)) {
      return path;
    }
    var below = parser(bytes(entry.getEntryObjectId()));
    return below.eof() ? path : firstFile(path + "/", below);
  }

  private static boolean isFolder(CanonicalTreeParser entry) {
    return entry.getEntryFileMode().equals(FileMode.TREE);
  }

  private byte[] bytes(ObjectId tree) throws IOException {
    var there = known.get(tree);
    var bytes = there == null ? reader.open(tree, Constants.OBJ_TREE).getCachedBytes() : there;
    met.put(tree, bytes);
    return bytes;
  }

  private static CanonicalTreeParser parser(byte[] tree) {
    var parser = new CanonicalTreeParser();
    parser.reset(tree);
    return parser;
  }

  private static String name(CanonicalTreeParser entry) {
    var name = new byte[entry.getNameLength()];
    entry.getName(name, 0);
    return new String(name, ISO_8859_1);
  }
}
