package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** The commit that is checked out, which is what a release was compiled from. */
final class CheckedOut {
  private static final int SHOWN = 3;

  private CheckedOut() {}

  /** The commit, if it is what the folder holds and a branch has it. */
  static ObjectId commit(Repository git) {
    try {
      var head = git.exactRef(Constants.HEAD);
      if (git.isBare() || head == null || head.getObjectId() == null) {
        throw Refusal.of(
            Code.DETACHED_HEAD,
            "nothing is checked out that a release could have been compiled from",
            "run it in a clone with a work tree, on a branch with a commit");
      }
      if (!head.isSymbolic()) {
        throw Refusal.of(
            Code.DETACHED_HEAD,
            "HEAD is detached at %s, on no branch".formatted(head.getObjectId().name()),
            "check out the branch that the release is of: git switch main");
      }
      requireClean(git);
      return head.getObjectId();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireClean(Repository git) {
    // Closing it would close the repository, which others still use.
    var status = status(git);
    if (!status.isClean()) {
      var files =
          Stream.of(status.getUncommittedChanges(), status.getUntracked())
              .flatMap(Set::stream)
              .sorted()
              .toList();
      var more = files.size() - SHOWN;
      throw Refusal.of(
          Code.DIRTY_TREE,
          "the work tree has changes that are in no commit: %s%s"
              .formatted(
                  files.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                  more > 0 ? " and %d more".formatted(more) : ""),
          "commit them or put them away, so that the release is of its Source-Commit: git stash"
              + " -u");
    }
  }

  private static Status status(Repository git) {
    try {
      return Git.wrap(git).status().call();
    } catch (GitAPIException e) {
      throw new IllegalStateException("a work tree that can be read", e);
    }
  }
}
