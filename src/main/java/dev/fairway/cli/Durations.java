package dev.fairway.cli;

import dev.fairway.source.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 90s}, {@code 15m}, {@code 2h} or {@code 7d}. */
final class Durations implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException _) {
      throw new TypeConversionException(
          "'%s' is no duration; write a whole number and s, m, h or d, as 90s".formatted(text));
    }
  }
}
