package dev.fairway.diff;

import dev.fairway.model.Cidr;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Address ranges that a value names, and whether another names more. */
final class Ranges {
  private static final Pattern RANGE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}");
  private static final Pattern RANGE_6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*/[0-9]{1,3}");

  private Ranges() {}

  /** The difference with its risk, where the field names addresses that it did not name before. */
  static Difference judged(Difference change, String field) {
    var wider =
        change.fields().stream()
            .filter(it -> it.path().equals(field))
            .flatMap(it -> added(it.was(), it.becomes()).stream())
            .findFirst();
    return wider
        .map(range -> change.because(Risk.WIDER_ACCESS, "it lets in more than before: " + range))
        .orElse(change);
  }

  private static List<String> added(Optional<String> was, Optional<String> becomes) {
    var known = parts(was).stream().filter(Ranges::isRange).toList();
    return parts(becomes).stream()
        .filter(Ranges::isRange)
        .filter(range -> known.stream().noneMatch(it -> holds(it, range)))
        .toList();
  }

  private static List<String> parts(Optional<String> value) {
    return Arrays.stream(value.orElse("").split("[,\\s\\[\\]\"]+", -1))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static boolean isRange(String text) {
    return RANGE.matcher(text).matches() || RANGE_6.matcher(text).matches();
  }

  /** Whether all the other's addresses are surely in the range. */
  static boolean holds(String range, String other) {
    return range.equals(other)
        || (range.equals("::/0") && RANGE_6.matcher(other).matches())
        || read(range)
            .flatMap(wide -> read(other).map(narrow -> wide.contains(narrow)))
            .orElse(false);
  }

  private static Optional<Cidr> read(String range) {
    try {
      return Optional.of(Cidr.of(range));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
