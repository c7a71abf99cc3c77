package dev.fairway.e2e.report;

import java.time.Duration;
import java.util.Locale;

/** Names and times as people say them. */
final class Words {
  private Words() {}

  /** {@code aSecondDeployChangesNothing} is {@code a second deploy changes nothing}. */
  static String of(String camelCase) {
    var words =
        camelCase
            .replace('_', ' ')
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])", " ");
    var lower = new StringBuilder();
    for (var word : words.split(" ", -1)) {
      var name = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
      lower.append(lower.isEmpty() ? "" : " ").append(name ? word : word.toLowerCase(Locale.ROOT));
    }
    return lower.toString();
  }

  static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  static String of(Duration time) {
    var seconds = time.toMillis() / 1000.0;
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    var whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }

  static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
