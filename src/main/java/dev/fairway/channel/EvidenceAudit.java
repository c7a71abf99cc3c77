package dev.fairway.channel;

import dev.fairway.channel.Additions.Added;
import dev.fairway.channel.Additions.NotOnlyAddedException;
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
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Whether the branch {@code evidence} was only ever added to: each commit has one parent, is signed
 * by a key that is or was trusted with anything, is dated no earlier than those before it, and adds
 * files under the names that their bytes give them.
 */
final class EvidenceAudit {
  private final Repository git;
  private final Trust trust;
  private final Optional<Kept> kept;
  private final EvidenceDates dates;
  private final List<Problem> problems = new ArrayList<>();

  /** The commit before the first that is not as it should be; empty when that is the first. */
  private Optional<ObjectId> sound = Optional.empty();

  private EvidenceAudit(Repository git, Trust trust, Optional<Kept> kept) {
    this.git = git;
    this.trust = trust;
    this.kept = kept;
    this.dates = new EvidenceDates(trust);
  }

  private record Problem(Code code, String message, String instead) {}

  /**
   * That nothing was taken away is enough for an act: what was added speaks by its own signature.
   *
   * @param since a statement; what was added before it is left out
   * @param good the same of a commit that was looked at before
   */
  private record Kept(Optional<Counted> since, Optional<ObjectId> good) {}

  /** Judges the whole branch that the scene has. */
  static Diagnostics of(Scene scene) {
    return of(scene, Optional.empty());
  }

  /**
   * Throws when something was taken off the branch since the channel moved last: whoever moved it
   * asked the same of what was before. For a channel that has nothing all of it is looked at.
   */
  static void require(Scene scene, Channel channel, Instant now) {
    var evidence = scene.evidence().tip();
    var found = new FoundGood(scene.repository(), channel.name());
    var good = found.commit();
    if (evidence.isPresent() && !evidence.equals(good)) {
      var diagnostics = of(scene, Optional.of(new Kept(moved(scene, channel, now), good)));
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

  private static Diagnostics of(Scene scene, Optional<Kept> kept) {
    var repository = scene.repository();
    var audit = new EvidenceAudit(repository.git(), scene.policy().policies().trust(), kept);
    return scene
        .evidence()
        .tip()
        .map(tip -> audit.of(repository.remoteName(), tip))
        .orElse(Diagnostics.NONE);
  }

  /**
   * Judges the commits up to and with one.
   *
   * @param remote that people would move the branch back on
   */
  static Diagnostics of(Repository git, String remote, ObjectId to, Trust trust) {
    return new EvidenceAudit(git, trust, Optional.empty()).of(remote, to);
  }

  private Diagnostics of(String remote, ObjectId to) {
    try (var walk = new RevWalk(git)) {
      walk(walk, new Additions(walk.getObjectReader()), to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return diagnostics(remote);
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
        sound
            .map(commit ->
                "--force %s %s:refs/heads/%s".formatted(remote, commit.name(), Branches.EVIDENCE))
            .orElse("--delete %s %s".formatted(remote, Branches.EVIDENCE));
    return "find out who pushed that, let only fairway push to the branch, and move it back:"
        + " git push %s; then let each clone that saw it forget it: git update-ref -d %s%s/%s"
            .formatted(back, Constants.R_REMOTES, remote, Branches.EVIDENCE);
  }

  private void walk(RevWalk walk, Additions additions, ObjectId to) throws IOException {
    var good = kept.flatMap(Kept::good);
    var next = Optional.of(to);
    while (next.isPresent() && !next.equals(good)) {
      var commit = walk.parseCommit(next.get());
      walk.parseBody(commit);
      next = commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
      if (judge(walk, additions, commit)) {
        return;
      }
    }
  }

  /** Whether it is the commit by which the statement came to the branch. */
  private boolean judge(RevWalk walk, Additions additions, RevCommit commit) throws IOException {
    if (commit.getParentCount() > 1) {
      say(
          commit,
          Code.REWRITTEN_EVIDENCE,
          "the commit %s has %d parents, where adding has one"
              .formatted(commit.name(), commit.getParentCount()));
    }
    if (kept.isEmpty()) {
      judgeKey(commit);
      dates.judge(commit);
    }
    var added = judgeFiles(walk, additions, commit);
    // By the key that said it, in the same push: another could take it away and bring it again.
    var isSince =
        kept.flatMap(Kept::since)
            .filter(statement -> added.containsKey(statement.path().toString()))
            .map(statement -> new Signed.By(statement.signer().key()))
            .filter(by -> by.equals(SignedCommits.signer(commit)))
            .isPresent();
    commit.disposeBody();
    return isSince;
  }

  private void judgeKey(RevCommit commit) {
    switch (SignedCommits.signer(commit)) {
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
  private SortedMap<String, Added> judgeFiles(RevWalk walk, Additions additions, RevCommit commit)
      throws IOException {
    var reader = walk.getObjectReader();
    try {
      var added = additions.between(before(walk, commit), commit.getTree());
      for (var file : added.entrySet()) {
        problem(file.getKey(), file.getValue(), reader)
            .ifPresent(what -> rewritten(commit, what + " " + file.getKey()));
      }
      return added;
    } catch (NotOnlyAddedException e) {
      rewritten(commit, e.what());
      return new TreeMap<>();
    }
  }

  private static Optional<ObjectId> before(RevWalk walk, RevCommit commit) throws IOException {
    return commit.getParentCount() == 0
        ? Optional.empty()
        : Optional.of(walk.parseCommit(commit.getParent(0)).getTree());
  }

  private Optional<String> problem(String path, Added file, ObjectReader reader)
      throws IOException {
    var parsed = EvidencePath.parse(path);
    if (parsed.isEmpty() || !file.isRegular()) {
      return Optional.of("adds what is no statement:");
    }
    return kept.isEmpty() ? problem(parsed.get(), file, reader) : Optional.empty();
  }

  private static Optional<String> problem(EvidencePath path, Added file, ObjectReader reader)
      throws IOException {
    if (reader.getObjectSize(file.id(), Constants.OBJ_BLOB) > EvidenceBranch.LARGEST) {
      return Optional.of("adds what is larger than any statement:");
    }
    var bytes = reader.open(file.id(), Constants.OBJ_BLOB).getBytes();
    return Digest.of(bytes).equals(path.file())
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
    sound =
        commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0).getId());
  }
}
