package dev.fairway.channel;

import java.time.Duration;

/** Durations as people say them: the two largest units, {@code 3 d 4 h}. */
public final class Spell {
  private Spell() {}

  public static String of(Duration duration) {
    var seconds = Math.max(0, duration.toSeconds());
    var days = seconds / 86_400;
    var hours = seconds / 3_600 % 24;
    var minutes = seconds / 60 % 60;
    if (days > 0) {
      return two(days, "d", hours, "h");
    }
    if (hours > 0) {
      return two(hours, "h", minutes, "min");
    }
    return minutes > 0 ? two(minutes, "min", seconds % 60, "s") : seconds + " s";
  }

  private static String two(long first, String unit, long second, String smaller) {
    return second == 0 ? first + " " + unit : "%d %s %d %s".formatted(first, unit, second, smaller);
  }
}
