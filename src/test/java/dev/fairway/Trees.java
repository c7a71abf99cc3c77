package dev.fairway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.release.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whole folders, compared to the byte. */
public final class Trees {
  private Trees() {}

  /** Every file below the folder. */
  public static SortedMap<String, byte[]> read(Path folder) throws IOException {
    var tree = new TreeMap<String, byte[]>();
    for (var path : Folders.files(folder)) {
      tree.put(path, Files.readAllBytes(folder.resolve(path)));
    }
    return tree;
  }

  public static void copy(Path from, Path to) throws IOException {
    Folders.write(to, read(from));
  }

  /** Shows the text of the first file that differs: whole trees say nothing to anyone. */
  public static void assertSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    actual.forEach((path, bytes) -> {
      var other = Objects.requireNonNull(expected.get(path));
      if (!Arrays.equals(bytes, other)) {
        assertThat(new String(bytes, UTF_8)).as(path).isEqualTo(new String(other, UTF_8));
        assertThat(bytes).as(path).isEqualTo(other);
      }
    });
  }
}
