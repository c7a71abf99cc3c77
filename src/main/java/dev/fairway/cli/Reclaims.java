package dev.fairway.cli;

import dev.fairway.deploy.aws.Reclaim;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code delete} or {@code retain}. */
final class Reclaims implements ITypeConverter<Reclaim> {
  @Override
  public Reclaim convert(String text) {
    return Arrays.stream(Reclaim.values())
        .filter(reclaim -> reclaim.word().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'%s' is neither delete nor retain".formatted(text)));
  }
}
