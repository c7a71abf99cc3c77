package dev.fairway.compiler;

import static java.util.stream.Collectors.joining;

import dev.fairway.model.Digest;
import dev.fairway.release.TreeDigest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The class files and resources that Fairway runs from: a jar, or a folder while it is tested. */
public final class ClassFiles {
  private static final String ROOT = "dev/fairway";

  private final Path place;

  private ClassFiles(Path place) {
    this.place = place;
  }

  /** Those of this very program. */
  public static ClassFiles ofFairway() {
    return new ClassFiles(place(ClassFiles.class));
  }

  /** The file name of the jar that holds the class: it says the library and its version. */
  static String library(Class<?> type) {
    return String.valueOf(place(type).getFileName());
  }

  /** The same of several classes. */
  static String libraries(Class<?>... types) {
    return Arrays.stream(types).map(ClassFiles::library).collect(joining(" "));
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class file has a place: " + type, e);
    }
  }

  /** The digest of everything. A jar is built alike from the same sources, so its bytes will do. */
  Digest digest() throws IOException {
    return Files.isDirectory(place)
        ? TreeDigest.of(digests(place, _ -> true))
        : Digest.of(Files.readAllBytes(place));
  }

  /** The digest of the files whose path below {@code dev/fairway/} the predicate takes. */
  Digest digest(Predicate<String> belowRoot) throws IOException {
    if (Files.isDirectory(place)) {
      return TreeDigest.of(digests(place, belowRoot));
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return TreeDigest.of(digests(jar.getPath("/"), belowRoot));
    }
  }

  private static SortedMap<String, Digest> digests(Path root, Predicate<String> belowRoot)
      throws IOException {
    SortedMap<String, Digest> digests = new TreeMap<>();
    var top = root.resolve(ROOT);
    try (var paths = Files.walk(top)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        var name = top.relativize(path).toString().replace('\\', '/');
        if (belowRoot.test(name)) {
          digests.put(name, Digest.of(Files.readAllBytes(path)));
        }
      }
    }
    return digests;
  }
}
