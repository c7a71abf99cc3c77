package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseFiles;
import dev.fairway.release.ReleaseManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Releases as trees of Git: one blob a file, nothing else, so that equal releases are one tree. */
final class ReleaseTrees {
  /** In bytes; what is larger in a release is a mistake or an attack. */
  private static final int MOST = 64 << 20;

  private final Repository git;

  private ReleaseTrees(Repository git) {
    this.git = git;
  }

  static ReleaseTrees of(Repository git) {
    return new ReleaseTrees(git);
  }

  /**
   * The release's tree, of whose objects only those are written that are not there yet.
   *
   * @param plan writes none at all: a tree's name is known without
   */
  ObjectId of(Release release, boolean plan, Pace pace) {
    pace.before(Pace.Step.WRITE_TREE);
    SortedMap<String, byte[]> files = new TreeMap<>(release.files());
    files.put(ReleaseManifest.FILE, release.manifestBytes());
    try (var inserter = plan ? new Naming() : git.newObjectInserter();
        var reader = git.newObjectReader()) {
      var index = DirCache.newInCore();
      var builder = index.builder();
      for (var file : files.entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(blob(file.getValue(), inserter, reader));
        builder.add(entry);
      }
      builder.finish();
      var tree = index.writeTree(inserter);
      inserter.flush();
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says what an object would be called. */
  static final class Naming extends ObjectInserter.Formatter {
    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
      return idFor(type, length, in);
    }
  }

  private static ObjectId blob(byte[] bytes, ObjectInserter inserter, ObjectReader reader)
      throws IOException {
    var id = inserter.idFor(Constants.OBJ_BLOB, bytes);
    return reader.has(id) ? id : inserter.insert(Constants.OBJ_BLOB, bytes);
  }

  /**
   * Reads a tree and holds every file against the release's manifest.
   *
   * @param place how people know the tree, such as {@code alpha} or a commit
   * @param sound another that was read before
   */
  Outcome<Release> read(ObjectId tree, String place, Optional<Release> sound) {
    var contents = contents(tree);
    return contents.isOf(tree)
        ? ReleaseFiles.read(place, contents.files(), sound)
        : contents.refusal(place, tree);
  }

  private TreeContents contents(ObjectId tree) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    SortedMap<String, String> others = new TreeMap<>();
    SortedMap<String, ObjectId> blobs = new TreeMap<>();
    try (var walk = new TreeWalk(git);
        var naming = new Naming()) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        if (isLarge(walk)) {
          others.put(walk.getPathString(), "a file of more than 64 MiB");
        } else if (walk.getFileMode(0).equals(FileMode.REGULAR_FILE)) {
          files.put(walk.getPathString(), bytes(walk));
          blobs.put(new String(walk.getRawPath(), ISO_8859_1), walk.getObjectId(0));
        } else {
          others.put(walk.getPathString(), TreeContents.what(walk.getFileMode(0)));
        }
      }
      var written = new TreeGrowth(walk.getObjectReader(), naming).with(Optional.empty(), blobs);
      return new TreeContents(files, others, Optional.of(written));
    } catch (TreeGrowth.OccupiedException _) {
      return new TreeContents(files, others, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLarge(TreeWalk walk) throws IOException {
    return walk.getFileMode(0).equals(FileMode.REGULAR_FILE)
        && walk.getObjectReader().getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB) > MOST;
  }

  private static byte[] bytes(TreeWalk walk) throws IOException {
    return walk.getObjectReader()
        .open(walk.getObjectId(0), Constants.OBJ_BLOB)
        .getCachedBytes(MOST);
  }
}
