package dev.fairway.channel;

import dev.fairway.channel.PolicyFiles.PolicyAt;
import dev.fairway.model.Trust;
import dev.fairway.model.TrustedKey;
import java.time.Instant;
import java.util.Optional;

/** Whether a key may move a channel. */
final class Keys {
  private Keys() {}

  /** Why it may not, to stand after a colon; empty when it may. */
  static Optional<String> problem(Signed.By by, PolicyAt policy, String channel, Instant time) {
    var trusted = policy.policies().trust().find(by.key());
    if (trusted.isEmpty()) {
      return Optional.of("the key %s is not trusted with anything".formatted(by.fingerprint()));
    }
    return problem(trusted.get(), channel, time);
  }

  /** Whether the commit is signed, by one who may. */
  static boolean mayMove(PromotionCommit commit, PolicyAt policy, String channel, Instant time) {
    return commit.signed() instanceof Signed.By by && problem(by, policy, channel, time).isEmpty();
  }

  static Optional<String> problem(TrustedKey key, String channel, Instant time) {
    if (!key.promotes().contains(channel)) {
      return Optional.of("the key of %s may not move %s".formatted(key.owner(), channel));
    }
    return invalid(key, time);
  }

  /** The key by which the commit is signed, if it is trusted with anything. */
  static Optional<TrustedKey> signer(PromotionCommit commit, Trust trust) {
    return commit.signed() instanceof Signed.By by ? trust.find(by.key()) : Optional.empty();
  }

  static Optional<String> invalid(TrustedKey key, Instant time) {
    return key.isValidAt(time)
        ? Optional.empty()
        : Optional.of(
            "the key of %s is valid from %s%s, and not at %s"
                .formatted(
                    key.owner(),
                    key.from(),
                    key.until().map(until -> " until " + until).orElse(""),
                    time));
  }
}
