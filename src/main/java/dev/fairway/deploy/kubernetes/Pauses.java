package dev.fairway.deploy.kubernetes;

import java.time.Duration;

/** Waiting without asking. */
final class Pauses {
  private Pauses() {}

  static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a deploy but by ending its process", e);
    }
  }
}
