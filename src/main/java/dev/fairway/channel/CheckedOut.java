package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCacheEntry;
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

  /** Refuses to compile another folder than the one whose commit will be named. */
  static void requireAt(Repository git, Path compiled) {
    try {
      var checkout = git.getWorkTree().toPath().toRealPath();
      if (!compiled.toRealPath().equals(checkout)) {
        throw Refusal.of(
            Code.FOREIGN_SOURCE,
            "%s would be compiled, and the commit that is checked out is of %s"
                .formatted(compiled, checkout),
            "use the launcher of the checkout that is released, in it; or name a release that was"
                + " compiled there with --release");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was compiled, unless another commit was checked out meanwhile. */
  static Outcome<SourcedRelease> requireSame(ObjectId before, SourcedRelease after) {
    return after.source().equals(before)
        ? Outcome.of(after)
        : Refusal.of(
                Code.FOREIGN_SOURCE,
                "HEAD was %s before the release was compiled, and is %s after it"
                    .formatted(before.name(), after.source().name()),
                "let nothing move the checkout while it is compiled, and run it again")
            .outcome();
  }

  private static void requireClean(Repository git) throws IOException {
    requireWatched(git);
    // Closing it would close the repository, which others still use.
    var status = status(git);
    if (!status.isClean()) {
      var files = Stream.of(status.getUncommittedChanges(), status.getUntracked());
      throw Refusal.of(
          Code.DIRTY_TREE,
          "the work tree has changes that are in no commit: "
              + some(files.flatMap(Set::stream).sorted().toList()),
          "commit them or put them away, so that the release is of its Source-Commit: git stash"
              + " -u");
    }
  }

  /** Of some files Git can be told that they never change, or need not be there. */
  private static void requireWatched(Repository git) throws IOException {
    var index = git.readDirCache();
    var files =
        IntStream.range(0, index.getEntryCount())
            .mapToObj(index::getEntry)
            .filter(entry -> entry.isAssumeValid() || entry.isSkipWorkTree())
            .map(DirCacheEntry::getPathString)
            .toList();
    if (!files.isEmpty()) {
      throw Refusal.of(
          Code.DIRTY_TREE,
          "git is told not to look whether these are as they were committed: " + some(files),
          "let it look: git update-index --no-assume-unchanged --no-skip-worktree FILE; or git"
              + " sparse-checkout disable");
    }
  }

  private static String some(List<String> files) {
    var more = files.size() - SHOWN;
    return files.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static Status status(Repository git) {
    try {
      return Git.wrap(git).status().call();
    } catch (GitAPIException e) {
      throw new IllegalStateException("a work tree that can be read", e);
    }
  }
}
