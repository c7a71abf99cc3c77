package dev.fairway.access;

import dev.fairway.access.Answer.Authenticated;
import dev.fairway.access.Answer.Refused;
import dev.fairway.access.Answer.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was said of tokens a short while ago. Good and bad ones have bounds of their own, so that
 * whoever sends bad ones pushes no good one out. Tokens themselves are not kept, only their hashes.
 */
final class AnswerCache {
  /** How long, at most, somebody keeps a role that was taken away, and how many are kept. */
  record Bounds(Duration authenticated, Duration refused, int size) {}

  private record Entry(Answer answer, Instant until) {}

  private final Bounds bounds;
  private final Map<String, Entry> authenticated;
  private final Map<String, Entry> refused;

  AnswerCache(Bounds bounds) {
    this.bounds = bounds;
    this.authenticated = leastRecentlyUsed(bounds.size());
    this.refused = leastRecentlyUsed(bounds.size());
  }

  /** The name that a token has here. */
  static String key(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized Optional<Answer> get(String key, Instant now) {
    return fresh(authenticated, key, now).or(() -> fresh(refused, key, now));
  }

  /** Never for longer than the token itself is good, and not at all when nobody could say. */
  synchronized void put(String key, Answer answer, Instant now) {
    switch (answer) {
      case Authenticated it -> {
        var until = now.plus(bounds.authenticated());
        authenticated.put(key, new Entry(it, until.isBefore(it.expires()) ? until : it.expires()));
      }
      case Refused it -> refused.put(key, new Entry(it, now.plus(bounds.refused())));
      case Unavailable _ -> {}
    }
  }

  synchronized int size() {
    return authenticated.size() + refused.size();
  }

  private static Optional<Answer> fresh(Map<String, Entry> entries, String key, Instant now) {
    var entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (!now.isBefore(entry.until())) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.answer());
  }

  private static Map<String, Entry> leastRecentlyUsed(int size) {
    return new LinkedHashMap<>(64, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
        return size() > size;
      }
    };
  }
}
