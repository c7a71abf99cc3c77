package dev.fairway.channel;

import dev.fairway.model.Digest;
import dev.fairway.model.Trust;
import dev.fairway.model.TrustedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges files of evidence. The same bytes, trust, time and order come to the same judgement for
 * ever.
 *
 * @param trust as it stood at the commit whose policy is asked
 * @param now what lies after it can't have been found yet
 * @param log on which the files are; empty when they are on no branch yet
 */
record EvidenceJudge(Trust trust, Instant now, Optional<EvidenceLog> log) {
  /** As far as the clocks of two machines that keep time may be apart. */
  static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  /** Of what is on no branch yet. */
  EvidenceJudge(Trust trust, Instant now) {
    this(trust, now, Optional.empty());
  }

  /** Judges the bytes that stand at the path. */
  Evidence judge(EvidencePath path, byte[] file) {
    var against = new ArrayList<String>();
    var digest = Digest.of(file);
    if (!digest.equals(path.file())) {
      against.add("its bytes have the digest %s, not the one of its name".formatted(digest));
    }
    try {
      return judge(path, Envelope.read(file), against);
    } catch (MalformedEvidenceException e) {
      against.add(e.why());
      return new Evidence.Rejected(path, Optional.empty(), "nobody known", against);
    }
  }

  private Evidence judge(EvidencePath path, Envelope envelope, List<String> against) {
    var signer = signer(envelope, against);
    var signedBy = signer.map(TrustedKey::owner).orElse(envelope.keyid());
    try {
      var statement = heard(path, StatementReader.read(envelope.payload()));
      against.addAll(misplaced(path, statement));
      signer.ifPresent(key -> against.addAll(beyond(key, path, statement)));
      if (statement.isPassed() && isAhead(statement.time())) {
        against.add("its time, %s, is still to come".formatted(statement.time()));
      }
      return signer.isPresent() && against.isEmpty()
          ? new Evidence.Counted(path, statement, signer.get())
          : new Evidence.Rejected(path, Optional.of(statement), signedBy, against);
    } catch (MalformedEvidenceException e) {
      against.add(e.why());
      return new Evidence.Rejected(path, Optional.empty(), signedBy, against);
    }
  }

  /** The key that the envelope names, if it is known and did sign. */
  private Optional<TrustedKey> signer(Envelope envelope, List<String> against) {
    var named =
        trust.keys().stream()
            .filter(key -> PublicKeys.fingerprint(key.key()).equals(envelope.keyid()))
            .findFirst();
    if (named.isEmpty()) {
      against.add("trust.yaml does not know its key, %s".formatted(envelope.keyid()));
      return named;
    }
    if (!envelope.isSignedBy(named.get().key())) {
      against.add("the key of %s did not sign these bytes".formatted(named.get().owner()));
      return Optional.empty();
    }
    return named;
  }

  private boolean isAhead(Instant time) {
    return time.isAfter(now.plus(CLOCKS_APART));
  }

  /**
   * A failure counts at once, whatever its clock said: who dates a promotion back can't pass it. It
   * is of the time at which it was added, else nothing that passes would ever be later.
   */
  private Statement heard(EvidencePath path, Statement statement) {
    return statement.isPassed() || !isAhead(statement.time())
        ? statement
        : log.flatMap(order -> order.said(path))
            .filter(statement.time()::isAfter)
            .map(statement::at)
            .orElse(statement);
  }

  private static List<String> misplaced(EvidencePath path, Statement statement) {
    var against = new ArrayList<String>();
    if (!path.channel().equals(statement.channel())) {
      against.add(
          "it is about the channel %s, not %s".formatted(statement.channel(), path.channel()));
    }
    if (!path.release().equals(statement.release())) {
      against.add(
          "it is about the release %s, not %s".formatted(statement.release(), path.release()));
    }
    if (!path.kind().equals(statement.kind())) {
      against.add("it is of the kind %s, not %s".formatted(statement.kind(), path.kind()));
    }
    return against;
  }

  /** What the key may not, or could not yet or no longer, say. */
  private List<String> beyond(TrustedKey key, EvidencePath path, Statement statement) {
    var against = new ArrayList<String>();
    KindRules.denial(key, statement).ifPresent(against::add);
    untimely(key, path, statement.time()).ifPresent(against::add);
    return against;
  }

  /**
   * Why a key that says it of a time could not yet, or no longer, say so. The time is its holder's
   * word, so what a key that ended says of the time before must have been there when it ended.
   */
  Optional<String> untimely(TrustedKey key, EvidencePath path, Instant time) {
    if (!key.isValidAt(time)) {
      var until = key.until().map(end -> " until " + end).orElse("");
      return Optional.of(
          "the key of %s is valid from %s%s, not at %s"
              .formatted(key.owner(), key.from(), until, time));
    }
    return key.until()
        .filter(end -> !end.isAfter(now))
        .filter(end -> log.filter(it -> !it.had(path, end.plus(CLOCKS_APART))).isPresent())
        .map(end ->
            "the key of %s is valid until %s, and it was added after that"
                .formatted(key.owner(), end));
  }
}
