package dev.fairway.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for what engines do in their own time. */
final class Eventually {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** What is looked at is often all pods of a cluster: asking must not take what answers need. */
  private static final int SHARE = 10;

  private Eventually() {}

  /**
   * Returns when the condition holds; one that throws does not hold yet, an AssertionError fails.
   */
  static void holds(String what, Duration patience, Callable<Boolean> condition) {
    var start = Instant.now();
    var end = start.plus(patience);
    var last = new IllegalStateException("it did not hold");
    while (Instant.now().isBefore(end)) {
      try {
        if (condition.call()) {
          return;
        }
        Thread.sleep(pause(Duration.between(start, Instant.now())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } catch (Exception e) {
        last = new IllegalStateException(e);
      }
    }
    throw new AssertionError("%s: not within %s".formatted(what, patience), last);
  }

  /** A tenth of what was waited already. */
  private static Duration pause(Duration waited) {
    var share = waited.dividedBy(SHARE);
    if (share.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return share.compareTo(LONGEST_PAUSE) < 0 ? share : LONGEST_PAUSE;
  }
}
