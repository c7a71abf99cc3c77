package dev.fairway.channel;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.transport.URIish;

/**
 * The files by which Git keeps others out while it moves a branch. Who is killed just then leaves
 * them there, for good.
 */
final class RefLocks {
  private static final String SUFFIX = ".lock";

  private RefLocks() {}

  /** What to do about branches that stay locked, though nobody moves them. */
  static String remedy(List<Path> left) {
    return left.isEmpty()
        ? "run it again; when it goes on, let whoever runs the remote see what keeps them locked;"
            + " nothing was changed"
        : "if no other process is at work there, one that was killed has left it: delete %s, and run it again; nothing was changed"
            .formatted(String.join(" and ", left.stream().map(Path::toString).toList()));
  }

  /** Those that are there now, where the remote is a folder of this machine. */
  static List<Path> left(Repository clone, URIish remote, List<RefMove> moves) {
    return folder(clone, remote).map(folder -> left(folder, moves)).orElse(List.of());
  }

  private static Optional<Path> folder(Repository clone, URIish remote) {
    if (remote.isRemote()) {
      return Optional.empty();
    }
    var from = clone.isBare() ? clone.getDirectory() : clone.getWorkTree();
    File named = clone.getFS().resolve(from, remote.getPath());
    return Optional.ofNullable(FileKey.resolve(named, clone.getFS())).map(File::toPath);
  }

  private static List<Path> left(Path folder, List<RefMove> moves) {
    var files = new ArrayList<Path>();
    moves.forEach(move -> files.add(folder.resolve(Constants.R_HEADS + move.branch() + SUFFIX)));
    files.add(folder.resolve(Constants.PACKED_REFS + SUFFIX));
    return files.stream().map(Path::normalize).filter(Files::exists).toList();
  }
}
