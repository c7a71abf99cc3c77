package dev.fairway;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Properties that hold for whatever a generator makes of chance. Every run takes other chances; one
 * that fails says its seed, and {@code -Dseed=SEED} replays it alone.
 */
public final class Seeds {
  private Seeds() {}

  public static void check(int cases, Consumer<Random> property) {
    var replay = System.getProperty("seed");
    if (replay != null) {
      check(Long.parseLong(replay), property);
      return;
    }
    new SplittableRandom().longs(cases).forEach(seed -> check(seed, property));
  }

  private static void check(long seed, Consumer<Random> property) {
    try {
      property.accept(new Random(seed));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
    }
  }
}
