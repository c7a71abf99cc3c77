package dev.fairway;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Properties that hold for whatever a generator makes of chance. The gate always takes the same
 * chances, so that what it says is about the change; {@code -Dseeds=fresh} takes others. One that
 * fails says its seed, and {@code -Dseed=SEED} replays it alone.
 */
public final class Seeds {
  private Seeds() {}

  public static void check(int cases, Consumer<Random> property) {
    var replay = System.getProperty("seed");
    if (replay != null) {
      check(Long.parseLong(replay), property);
      return;
    }
    var fresh = System.getProperty("seeds", "").equals("fresh");
    var seeds = fresh ? new SplittableRandom() : new SplittableRandom(cases);
    seeds.longs(cases).forEach(seed -> check(seed, property));
  }

  private static void check(long seed, Consumer<Random> property) {
    try {
      property.accept(new Random(seed));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
    }
  }
}
