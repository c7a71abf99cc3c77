package dev.fairway.platform.component.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files that stand beside this package's classes: they reach a cluster as they are. */
final class TextFiles {
  private TextFiles() {}

  /** Their contents, by their names. */
  static SortedMap<String, String> of(List<String> names) {
    var files = new TreeMap<String, String>();
    names.forEach(name -> files.put(name, text(name)));
    return files;
  }

  private static String text(String name) {
    try (var stream = TextFiles.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
