package dev.fairway.platform.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Long texts, such as scripts, which stand in files beside the class that uses them. */
public final class Texts {
  private Texts() {}

  /** The file of this name in the package of the class. */
  public static String beside(Class<?> type, String name) {
    try (var file = type.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("no " + name + " beside " + type.getName());
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
