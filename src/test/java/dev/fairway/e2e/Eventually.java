package dev.fairway.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for what engines do in their own time. */
final class Eventually {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Eventually() {}

  /**
   * Returns when the condition holds; one that throws does not hold yet, an AssertionError fails.
   */
  static void holds(String what, Duration patience, Callable<Boolean> condition) {
    var end = Instant.now().plus(patience);
    var last = new IllegalStateException("it did not hold");
    while (Instant.now().isBefore(end)) {
      try {
        if (condition.call()) {
          return;
        }
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } catch (Exception e) {
        last = new IllegalStateException(e);
      }
    }
    throw new AssertionError("%s: not within %s".formatted(what, patience), last);
  }
}
