package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * A clone of the repository whose channels are at hand. Acts work on its objects and on what it
 * remembers of its remote's branches, never on the work tree or the index.
 */
public final class ChannelRepository implements AutoCloseable {
  static {
    // Else the first command on a machine would wait while JGit measures its file system's clock.
    FS.FileStoreAttributes.setBackground(true);
  }

  private final Repository git;
  private final RepositoryAccess access;
  private final Pace pace;
  private final PolicyFiles policies;

  private ChannelRepository(Repository git, RepositoryAccess access, Pace pace) {
    this.git = git;
    this.access = access;
    this.pace = pace;
    this.policies = PolicyFiles.of(git);
  }

  /** Opens the clone that the folder is in, or that it is when it is bare. */
  public static Outcome<ChannelRepository> open(Path folder, RepositoryAccess access) {
    return open(folder, access, Pace.STEADY);
  }

  static Outcome<ChannelRepository> open(Path folder, RepositoryAccess access, Pace pace) {
    try {
      var builder = new FileRepositoryBuilder().setMustExist(true);
      // Where people are has no name by itself.
      var place = folder.toAbsolutePath().normalize();
      builder.findGitDir(place.toFile());
      if (builder.getGitDir() == null) {
        return notOne(place).outcome();
      }
      var git = builder.build();
      return require(git, place)
          .<Outcome<ChannelRepository>>map(GitFailure::outcome)
          .orElseGet(() -> Outcome.of(new ChannelRepository(git, access, pace)));
    } catch (RepositoryNotFoundException e) {
      return notOne(folder).outcome();
    } catch (IllegalArgumentException e) {
      // So JGit says that a configuration can't be read.
      return Refusal.of(
              Code.NO_REPOSITORY,
              "the Git repository at %s can't be opened: %s".formatted(folder, e.getMessage()),
              "mend its configuration; git says which line is wrong: git config --list")
          .outcome();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GitFailure notOne(Path folder) {
    return Refusal.of(
        Code.NO_REPOSITORY,
        folder + " is not in a Git repository",
        "run it in a clone of the repository, or name one with --repository");
  }

  private static Optional<GitFailure> require(Repository git, Path folder) {
    if (Files.exists(git.getCommonDirectory().toPath().resolve("shallow"))) {
      git.close();
      return Optional.of(
          Refusal.of(
              Code.SHALLOW_CLONE,
              folder + " is a shallow clone: it lacks the history that promotions are judged by",
              "fetch the rest: git fetch --unshallow; in a workflow, check out with fetch-depth"
                  + " 0"));
    }
    if (isPartial(git)) {
      git.close();
      return Optional.of(
          Refusal.of(
              Code.PARTIAL_CLONE,
              folder + " is a partial clone: it lacks files that promotions are judged by",
              "clone the repository anew, without --filter"));
    }
    return Optional.empty();
  }

  /** Git fetches what such a clone lacks when it needs it; JGit does not. */
  private static boolean isPartial(Repository git) {
    var config = git.getConfig();
    return config.getString("extensions", null, "partialClone") != null
        || config.getSubsections("remote").stream()
            .anyMatch(remote -> config.getBoolean("remote", remote, "promisor", false));
  }

  Repository git() {
    return git;
  }

  /** As {@code git remote} has it. */
  String remoteName() {
    return access.remote();
  }

  /** Read once, however often an act asks. */
  PolicyFiles policies() {
    return policies;
  }

  Pace pace() {
    return pace;
  }

  /** What the remote's branches are, after what they need was fetched. */
  Branches fetch() {
    pace.before(Pace.Step.FETCH);
    return remote().fetch();
  }

  PushOutcome push(List<RefMove> moves) {
    pace.before(Pace.Step.PUSH);
    var outcome = remote().push(moves);
    pace.before(Pace.Step.PUSHED);
    return outcome;
  }

  Remote remote() {
    return Remote.of(git, access, policies);
  }

  /**
   * What the clone remembers of the remote's branches, without asking; in a bare repository that
   * has no remote, its own branches.
   */
  Branches remembered() {
    var tracking = Constants.R_REMOTES + access.remote() + "/";
    return Branches.in(
        git, git.isBare() ? List.of(Constants.R_HEADS, tracking) : List.of(tracking));
  }

  /** That the clone knows branches without which what it holds would be misjudged. */
  void requireFetched(Branches remembered, Collection<String> needed) {
    var missing =
        needed.stream().filter(branch -> remembered.tip(branch).isEmpty()).distinct().toList();
    if (!missing.isEmpty()) {
      Remote.require(git, access.remote());
      throw Refusal.of(
          Code.UNFETCHED_BRANCH,
          missing.stream()
              .map(branch -> access.remote() + "/" + branch)
              .collect(Collectors.joining(", ", "this clone has no ", "")),
          "fetch all branches: " + fetchAll());
    }
  }

  /** Also where the clone is set up to take one branch only. */
  String fetchAll() {
    return "git fetch %1$s '+refs/heads/*:refs/remotes/%1$s/*'".formatted(access.remote());
  }

  /** Whether the remote had the branch when it was last asked, which this does not. */
  public boolean hasFetched(String branch) {
    return remembered().tip(branch).isPresent();
  }

  RevCommit commit(ObjectId id) {
    try (var walk = new RevWalk(git)) {
      var commit = walk.parseCommit(id);
      walk.parseBody(commit);
      return commit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the commit is there; one that a record names may have been made elsewhere. */
  boolean has(ObjectId commit) {
    return has(git, commit);
  }

  static boolean has(Repository git, ObjectId commit) {
    try {
      return git.getObjectDatabase().has(commit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether one commit is the other or comes before it; what is no commit does not. */
  boolean isAncestor(ObjectId ancestor, ObjectId descendant) {
    return isAncestor(git, ancestor, descendant);
  }

  static boolean isAncestor(Repository git, ObjectId ancestor, ObjectId descendant) {
    try (var walk = new RevWalk(git)) {
      return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(descendant));
    } catch (IncorrectObjectTypeException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same of two that may both be gone, or elsewhere. */
  boolean precedes(ObjectId one, ObjectId other) {
    return has(one) && has(other) && isAncestor(one, other);
  }

  /**
   * Whether a branch ever stood at the commit: not what a merge brought with it, which may hold
   * what nobody ever agreed to and was taken back before the merge.
   */
  boolean stoodAt(ObjectId commit, ObjectId tip) {
    try (var walk = new RevWalk(git)) {
      walk.setFirstParent(true);
      walk.markStart(walk.parseCommit(tip));
      for (var found : walk) {
        if (found.getId().equals(commit)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
