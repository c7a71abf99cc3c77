package dev.fairway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where {@code tools/engines} put what the tests of this package run on. */
final class Engines {
  private static final Path FILE =
      Path.of(System.getProperty("engines", "target/e2e/engines.properties"));

  private Engines() {}

  /** The file of an engine, by the name that the installer gives it. */
  static Path path(String name) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(FILE)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " can't be read; run tools/engines", e);
    }
    var path = properties.getProperty(name);
    if (path == null || !Files.exists(Path.of(path))) {
      throw new IllegalStateException(
          "%s: %s is %s; run tools/engines".formatted(FILE, name, path));
    }
    return Path.of(path);
  }
}
