package dev.fairway.source;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Durations as people write them: a whole number and a unit, {@code 90s}, {@code 30m}, {@code 24h}
 * or {@code 7d}.
 */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
  private static final int SECONDS_A_MINUTE = 60;
  private static final int MINUTES_AN_HOUR = 60;
  private static final int HOURS_A_DAY = 24;

  private DurationText() {}

  /** Throws IllegalArgumentException for what is none. */
  public static Duration parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("no duration: " + text);
    }
    var number = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** In the largest unit that says it exactly; {@code 0s} for none. */
  public static String of(Duration duration) {
    var seconds = duration.toSeconds();
    if (seconds == 0 || seconds % SECONDS_A_MINUTE != 0) {
      return seconds + "s";
    }
    var minutes = seconds / SECONDS_A_MINUTE;
    if (minutes % MINUTES_AN_HOUR != 0) {
      return minutes + "m";
    }
    var hours = minutes / MINUTES_AN_HOUR;
    return hours % HOURS_A_DAY == 0 ? hours / HOURS_A_DAY + "d" : hours + "h";
  }
}
