package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Digest;
import dev.fairway.model.Trust;
import dev.fairway.model.TrustedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
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
  private static final String REMEDY =
      "let only fairway push to the branch evidence, and find out who pushed this";

  private final Repository git;
  private final Trust trust;
  private final Diagnostics.Collector found = new Diagnostics.Collector();

  /** The earliest of the commits that were looked at: those before them can't be later. */
  private Optional<Said> earliest = Optional.empty();

  private EvidenceAudit(Repository git, Trust trust) {
    this.git = git;
    this.trust = trust;
  }

  /**
   * Judges the commits after one, up to and with another.
   *
   * @param from the last one that was judged before; empty for all
   */
  static Diagnostics of(Repository git, Optional<ObjectId> from, ObjectId to, Trust trust) {
    var audit = new EvidenceAudit(git, trust);
    try (var walk = new RevWalk(git)) {
      audit.walk(walk, from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return audit.found.diagnostics();
  }

  /** Until the first date that is not: one such makes many. */
  private boolean forwards = true;

  private record Said(String commit, Instant time) {}

  /**
   * On whose word the date of a commit stands: of nobody whose key main ended before that, else
   * what a thief dates ahead would be in the way of all who follow.
   *
   * @param commit with its body parsed
   */
  static Optional<TrustedKey> byWhom(RevCommit commit, Trust trust) {
    return SignedCommits.signer(commit) instanceof Signed.By by
        ? trust.find(by.key()).filter(key -> key.isValidAt(time(commit)))
        : Optional.empty();
  }

  private static Instant time(RevCommit commit) {
    return Instant.ofEpochSecond(commit.getCommitTime());
  }

  private void walk(RevWalk walk, Optional<ObjectId> from, ObjectId to) throws IOException {
    var commit = walk.parseCommit(to);
    while (!from.equals(Optional.of(commit.getId()))) {
      walk.parseBody(commit);
      judge(walk, commit);
      if (commit.getParentCount() == 0) {
        from.ifPresent(last ->
            say(
                Code.REWRITTEN_EVIDENCE,
                "%s does not descend from %s: evidence was taken away"
                    .formatted(to.name(), last.name())));
        return;
      }
      commit = walk.parseCommit(commit.getParent(0));
    }
    walk.parseBody(commit);
    judgeDate(commit);
  }

  private void judge(RevWalk walk, RevCommit commit) throws IOException {
    if (commit.getParentCount() > 1) {
      say(
          Code.REWRITTEN_EVIDENCE,
          "the commit %s has %d parents, where adding has one"
              .formatted(commit.name(), commit.getParentCount()));
    }
    unsigned(commit)
        .ifPresent(
            why -> say(Code.UNSIGNED_EVIDENCE, "the commit %s: %s".formatted(commit.name(), why)));
    judgeDate(commit);
    judgeFiles(walk, commit);
    commit.disposeBody();
  }

  private void judgeDate(RevCommit commit) {
    var time = time(commit);
    earliest
        .filter(after -> time.isAfter(after.time()) && forwards)
        .ifPresent(after -> byWhom(commit, trust).ifPresent(key -> sayAhead(key, commit, after)));
    if (earliest.filter(after -> after.time().isBefore(time)).isEmpty()) {
      earliest = Optional.of(new Said(commit.name(), time));
    }
  }

  private void sayAhead(TrustedKey key, RevCommit commit, Said after) {
    forwards = false;
    found.add(
        Diagnostic.general(
            Code.FUTURE_EVIDENCE,
            "evidence was added to by %s at %s, and by the commit %s, which follows, at %s"
                .formatted(key.owner(), time(commit), after.commit(), after.time()),
            "find out who pushed these: where the first one was dated ahead, end its key in"
                + " channels/trust.yaml before that; where the other was dated back, take it off"
                + " the branch"));
  }

  private Optional<String> unsigned(RevCommit commit) {
    return switch (SignedCommits.signer(commit)) {
      case Signed.Wrong wrong -> Optional.of(wrong.why());
      // Whether it was valid is judged for each statement: whoever ends a stolen key in the past
      // must
      // not break a branch that nobody can mend.
      case Signed.By by ->
          trust.find(by.key()).isPresent()
              ? Optional.empty()
              : Optional.of("trust.yaml does not know its key, " + by.fingerprint());
    };
  }

  private void judgeFiles(RevWalk walk, RevCommit commit) throws IOException {
    var reader = walk.getObjectReader();
    try (var changes = new TreeWalk(git, reader)) {
      if (commit.getParentCount() == 0) {
        changes.addTree(new EmptyTreeIterator());
      } else {
        changes.addTree(walk.parseCommit(commit.getParent(0)).getTree());
      }
      changes.addTree(commit.getTree());
      changes.setFilter(TreeFilter.ANY_DIFF);
      changes.setRecursive(true);
      while (changes.next()) {
        problem(changes, reader)
            .ifPresent(what ->
                say(
                    Code.REWRITTEN_EVIDENCE,
                    "the commit %s %s %s".formatted(commit.name(), what, changes.getPathString())));
      }
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

  private void say(Code code, String message) {
    found.add(Diagnostic.general(code, message, REMEDY));
  }
}
