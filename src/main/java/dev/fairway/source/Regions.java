package dev.fairway.source;

import dev.fairway.model.Region;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The regions of AWS that were there when Fairway was built. */
final class Regions {
  private static final List<String> NAMES = read("aws-regions.txt");

  private Regions() {}

  static boolean knows(Region region) {
    return NAMES.contains(region.name());
  }

  static List<String> names() {
    return NAMES;
  }

  private static List<String> read(String resource) {
    try (InputStream stream = Objects.requireNonNull(Regions.class.getResourceAsStream(resource))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
