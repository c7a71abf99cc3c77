package dev.fairway.e2e;

import dev.fairway.cli.Main;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that the tests run beside, such that a JVM starts with them as fast as it does behind
 * the launcher: more than a hundred are started, and half of what a killed one computes is the
 * loading of classes. The first that ends leaves an archive of them to all others. A JVM archives
 * only what comes from jars, so ours are put into one.
 */
public final class StartedFast {
  private static final Path FOLDER = Path.of("target/e2e/started-fast").toAbsolutePath();

  /** Written once, by whoever is first. */
  private static final class Once {
    private static final List<String> OPTIONS = prepare();
  }

  private StartedFast() {}

  /** Of a JVM, the class path among them. */
  public static List<String> options() {
    return Once.OPTIONS;
  }

  private static List<String> prepare() {
    try {
      var classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      var jar = FOLDER.resolve("fairway.jar");
      Folders.delete(FOLDER);
      Files.createDirectories(FOLDER);
      write(classes, jar);
      return List.of(
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + FOLDER.resolve("fairway.jsa"),
          "-cp",
          Stream.concat(Stream.of(jar.toString()), libraries()).collect(Collectors.joining(":")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError("a folder of classes has a path", e);
    }
  }

  /** Surefire may hand its own class path over in a jar of one line. */
  private static Stream<String> libraries() {
    var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(":")).filter(entry -> entry.endsWith(".jar"));
  }

  private static void write(Path classes, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var found = Files.walk(classes)) {
      for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }
}
