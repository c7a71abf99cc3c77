package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Whether the branch {@code evidence} was only ever added to: each commit has one parent, is signed
 * by a key that is or was trusted with anything, is dated no earlier than those before it, and adds
 * files under the names that their bytes give them.
 */
final class EvidenceAudit {
  private final Repository git;
  private final Trust trust;
  private final Optional<Counted> since;
  private final EvidenceDates dates;
  private final List<Problem> problems = new ArrayList<>();

  /** The commit before the first that is not as it should be; empty when that is the first. */
  private Optional<ObjectId> good = Optional.empty();

  private EvidenceAudit(Repository git, Trust trust, Optional<Counted> since) {
    this.git = git;
    this.trust = trust;
    this.since = since;
    this.dates = new EvidenceDates(trust);
  }

  private record Problem(Code code, String message, String instead) {}

  /** Judges the whole branch that the scene has. */
  static Diagnostics of(Scene scene) {
    return of(scene, Optional.empty(), Optional.empty());
  }

  /**
   * Throws when the branch was not only added to since the channel moved last: whoever moved it
   * asked the same of what was before. For a channel that has nothing all of it is looked at.
   */
  static void require(Scene scene, Channel channel, Instant now) {
    var evidence = scene.evidence().tip();
    var found = new FoundGood(scene.repository(), channel.name());
    var good = found.commit();
    if (evidence.isPresent() && !evidence.equals(good)) {
      var diagnostics = of(scene, moved(scene, channel, now), good);
      if (diagnostics.hasErrors()) {
        throw new GitFailure(diagnostics);
      }
      found.remember(evidence.get());
    }
  }

  private static Optional<Counted> moved(Scene scene, Channel channel, Instant now) {
    return scene
        .branches()
        .tip(channel.branch())
        .flatMap(tip -> PromotionCommit.read(scene.repository().commit(tip)).value())
        .flatMap(tip -> scene.stated(channel.name(), tip, now));
  }

  private static Diagnostics of(Scene scene, Optional<Counted> since, Optional<ObjectId> after) {
    var repository = scene.repository();
    var trust = scene.policy().policies().trust();
    return scene
        .evidence()
        .tip()
        .map(tip -> of(repository.git(), repository.remoteName(), since, after, tip, trust))
        .orElse(Diagnostics.NONE);
  }

  /**
   * Judges the commits up to and with one.
   *
   * @param remote that people would move the branch back on
   * @param since a statement; what was added before it is left out. Empty for all
   * @param after the same of a commit that was judged before
   */
  static Diagnostics of(
      Repository git,
      String remote,
      Optional<Counted> since,
      Optional<ObjectId> after,
      ObjectId to,
      Trust trust) {
    var audit = new EvidenceAudit(git, trust, since);
    try (var walk = new RevWalk(git)) {
      audit.walk(walk, after, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return audit.diagnostics(remote);
  }

  private Diagnostics diagnostics(String remote) {
    var remedy = remedy(remote);
    return new Diagnostics(
        Stream.concat(
                problems.stream()
                    .map(problem ->
                        Diagnostic.general(
                            problem.code(), problem.message(), problem.instead() + remedy)),
                dates.found().stream())
            .toList());
  }

  private String remedy(String remote) {
    var back =
        good.map(commit ->
                "--force %s %s:refs/heads/%s".formatted(remote, commit.name(), Branches.EVIDENCE))
            .orElse("--delete %s %s".formatted(remote, Branches.EVIDENCE));
    return "find out who pushed that, let only fairway push to the branch, and move it back:"
        + " git push %s; then let each clone that saw it forget it: git update-ref -d %s%s/%s"
            .formatted(back, Constants.R_REMOTES, remote, Branches.EVIDENCE);
  }

  private void walk(RevWalk walk, Optional<ObjectId> after, ObjectId to) throws IOException {
    var next = Optional.of(to);
    while (next.isPresent() && !next.equals(after)) {
      var commit = parsed(walk, next.get());
      next = commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
      if (judge(walk, commit)) {
        return;
      }
    }
    if (next.isPresent()) {
      dates.judge(parsed(walk, next.get()));
    }
  }

  private static RevCommit parsed(RevWalk walk, ObjectId id) throws IOException {
    var commit = walk.parseCommit(id);
    walk.parseBody(commit);
    return commit;
  }

  /** Whether it is the commit by which the statement came to the branch. */
  private boolean judge(RevWalk walk, RevCommit commit) throws IOException {
    if (commit.getParentCount() > 1) {
      say(
          commit,
          Code.REWRITTEN_EVIDENCE,
          "the commit %s has %d parents, where adding has one"
              .formatted(commit.name(), commit.getParentCount()));
    }
    var signed = SignedCommits.signer(commit);
    judgeKey(commit, signed);
    dates.judge(commit);
    var added = judgeFiles(walk, commit);
    commit.disposeBody();
    // By the key that said it, in the same push: another could take it away and bring it again.
    return since
        .filter(statement -> added.containsKey(statement.path().toString()))
        .filter(statement -> signed.equals(new Signed.By(statement.signer().key())))
        .isPresent();
  }

  private void judgeKey(RevCommit commit, Signed signed) {
    switch (signed) {
      case Signed.Wrong(var why) ->
          say(commit, Code.UNSIGNED_EVIDENCE, "the commit %s: %s".formatted(commit.name(), why));
      // Whether it was valid is judged for each statement: whoever ends a stolen key in the past
      // must not break a branch that nobody can mend.
      case Signed.By by -> {
        if (trust.find(by.key()).isEmpty()) {
          say(
              commit,
              Code.UNSIGNED_EVIDENCE,
              "the commit %s: trust.yaml does not know its key, %s"
                  .formatted(commit.name(), by.fingerprint()),
              "where the key was taken out of channels/trust.yaml, put it back with an until;"
                  + " else ");
        }
      }
    }
  }

  /** What was added, by path. */
  private SortedMap<String, ObjectId> judgeFiles(RevWalk walk, RevCommit commit)
      throws IOException {
    var reader = walk.getObjectReader();
    var added = new TreeMap<String, ObjectId>();
    var before = before(walk, commit);
    var isSound = true;
    try (var changes = changes(reader, before, commit.getTree())) {
      while (changes.next()) {
        var problem = problem(changes, reader);
        isSound &= problem.isEmpty();
        problem.ifPresent(what -> rewritten(commit, what + " " + changes.getPathString()));
        added.put(changes.getPathString(), changes.getObjectId(1));
      }
    }
    if (isSound && !isWritten(reader, before, added, commit.getTree())) {
      rewritten(
          commit,
          "has a tree that is not the one that git writes of its files: a name stands there twice"
              + " or out of order, a folder is empty, or a mode is unusual");
    }
    return added;
  }

  private static Optional<ObjectId> before(RevWalk walk, RevCommit commit) throws IOException {
    return commit.getParentCount() == 0
        ? Optional.empty()
        : Optional.of(walk.parseCommit(commit.getParent(0)).getTree());
  }

  private TreeWalk changes(ObjectReader reader, Optional<ObjectId> before, ObjectId after)
      throws IOException {
    var changes = new TreeWalk(git, reader);
    if (before.isPresent()) {
      changes.addTree(before.get());
    } else {
      changes.addTree(new EmptyTreeIterator());
    }
    changes.addTree(after);
    changes.setFilter(TreeFilter.ANY_DIFF);
    changes.setRecursive(true);
    return changes;
  }

  /** In a tree that Git writes otherwise one reader may find what another does not. */
  private static boolean isWritten(
      ObjectReader reader,
      Optional<ObjectId> before,
      SortedMap<String, ObjectId> added,
      ObjectId to)
      throws IOException {
    try (var naming = new ReleaseTrees.Naming()) {
      return new TreeGrowth(reader, naming).with(before, added).equals(to);
    } catch (TreeGrowth.OccupiedException _) {
      return false;
    }
  }

  private static Optional<String> problem(TreeWalk change, ObjectReader reader) throws IOException {
    if (change.getFileMode(1).equals(FileMode.MISSING)) {
      return Optional.of("deletes");
    }
    if (!change.getFileMode(0).equals(FileMode.MISSING)) {
      return Optional.of("changes");
    }
    var path = EvidencePath.parse(change.getPathString());
    if (path.isEmpty() || !change.getFileMode(1).equals(FileMode.REGULAR_FILE)) {
      return Optional.of("adds what is no statement:");
    }
    if (reader.getObjectSize(change.getObjectId(1), Constants.OBJ_BLOB) > EvidenceBranch.LARGEST) {
      return Optional.of("adds what is larger than any statement:");
    }
    var bytes = reader.open(change.getObjectId(1), Constants.OBJ_BLOB).getBytes();
    return Digest.of(bytes).equals(path.get().file())
        ? Optional.empty()
        : Optional.of("adds other bytes than the name says:");
  }

  private void rewritten(RevCommit commit, String what) {
    say(commit, Code.REWRITTEN_EVIDENCE, "the commit %s %s".formatted(commit.name(), what));
  }

  private void say(RevCommit commit, Code code, String message) {
    say(commit, code, message, "");
  }

  private void say(RevCommit commit, Code code, String message, String instead) {
    problems.add(new Problem(code, message, instead));
    good =
        commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0).getId());
  }
}
