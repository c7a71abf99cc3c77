package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Trust;
import dev.fairway.model.TrustedKey;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * Whether the dates of {@code evidence} only go forward, as far as anybody's word stands for them.
 */
final class EvidenceDates {
  private final Trust trust;

  /** Of the commits that were looked at: those before them can't be later. */
  private Optional<Said> earliest = Optional.empty();

  /** Only the first that is not as it should be: one such makes many. */
  private Optional<Diagnostic> found = Optional.empty();

  EvidenceDates(Trust trust) {
    this.trust = trust;
  }

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

  static Instant time(RevCommit commit) {
    return Instant.ofEpochSecond(commit.getCommitTime());
  }

  /**
   * @param commit with its body parsed, before those that were looked at
   */
  void judge(RevCommit commit) {
    var time = time(commit);
    earliest
        .filter(after -> time.isAfter(after.time()) && found.isEmpty())
        .ifPresent(after -> found = byWhom(commit, trust).map(key -> ahead(key, commit, after)));
    if (earliest.filter(after -> after.time().isBefore(time)).isEmpty()) {
      earliest = Optional.of(new Said(commit.name(), time));
    }
  }

  private static Diagnostic ahead(TrustedKey key, RevCommit commit, Said after) {
    return Diagnostic.general(
        Code.FUTURE_EVIDENCE,
        "evidence was added to by %s at %s, and by the commit %s, which follows, at %s"
            .formatted(key.owner(), time(commit), after.commit(), after.time()),
        "find out who pushed these: where the first one was dated ahead, end its key in"
            + " channels/trust.yaml before that; where the other was dated back, take it off the"
            + " branch");
  }

  Optional<Diagnostic> found() {
    return found;
  }
}
