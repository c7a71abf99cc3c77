package dev.fairway.platform.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Long texts of components: files that stand beside the class among the resources. */
public final class Texts {
  private Texts() {}

  /** The texts of several files, by their names. */
  public static SortedMap<String, String> beside(Class<?> component, List<String> paths) {
    var texts = new TreeMap<String, String>();
    paths.forEach(path -> texts.put(path, beside(component, path)));
    return texts;
  }

  /**
   * The text of a file.
   *
   * @param path from the class's own package
   * @throws IllegalStateException when there is no such file
   */
  public static String beside(Class<?> component, String path) {
    try (var stream = component.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + path + " beside " + component.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
