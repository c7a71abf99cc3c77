package dev.fairway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the code emits, as files that a reviewer reads: {@code
 * src/test/resources/snapshots/<kind>/<name>}.
 *
 * <p>{@code mvn test -Dsnapshot=update} rewrites those that differ and fails all the same, so that
 * a build server can never heal itself. What a test emitted is also kept under {@code
 * target/snapshots}, to be compared with any tool.
 */
public final class Snapshots {

  private static final Path EXPECTED = Path.of("src/test/resources/snapshots");
  private static final Path ACTUAL = Path.of("target/snapshots");

  private static final NavigableSet<Path> ASSERTED = new TreeSet<>();
  private static final NavigableSet<Path> REWRITTEN = new TreeSet<>();

  private Snapshots() {}

  /**
   * {@code name} may hold folders; {@code actual} is compared to the last byte, line ends included.
   * Of nothing there is no file, so that one that lost its text is seen as one that went.
   */
  public static void assertMatches(String kind, String name, String actual) {
    Path snapshot = Path.of(kind, name);
    Path expectedFile = EXPECTED.resolve(snapshot);
    try {
      if (actual.isEmpty()) {
        assertNone(snapshot);
        return;
      }
      ASSERTED.add(snapshot);
      if (Files.exists(expectedFile) && Files.readString(expectedFile, UTF_8).equals(actual)) {
        return;
      }
      if (System.getProperty("snapshot", "").equals("update")) {
        write(expectedFile, actual);
        REWRITTEN.add(snapshot);
        return;
      }
      Path actualFile = write(ACTUAL.resolve(snapshot), actual);
      assertThat(expectedFile)
          .as("a new snapshot: look at %s, then run with -Dsnapshot=update", actualFile)
          .exists();
      assertThat(actualFile)
          .as("%s differs: if that is meant, run with -Dsnapshot=update", expectedFile)
          .hasSameTextualContentAs(expectedFile);
      fail("%s and %s differ in their line ends", expectedFile, actualFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertNone(Path snapshot) throws IOException {
    Path file = EXPECTED.resolve(snapshot);
    if (System.getProperty("snapshot", "").equals("update") && Files.deleteIfExists(file)) {
      REWRITTEN.add(snapshot);
    }
    assertThat(file)
        .as("there is nothing in it any more: if that is meant, run with -Dsnapshot=update")
        .doesNotExist();
  }

  /** The files that no test of this run asserted. Only a whole run can tell. */
  static NavigableSet<Path> orphans() {
    if (!Files.exists(EXPECTED)) {
      return new TreeSet<>();
    }
    try (Stream<Path> files = Files.walk(EXPECTED)) {
      NavigableSet<Path> orphans = new TreeSet<>();
      files.filter(Files::isRegularFile).map(EXPECTED::relativize).forEach(orphans::add);
      orphans.removeAll(ASSERTED);
      return orphans;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, UTF_8);
  }

  /**
   * Fails a test after it has ended, not at its first snapshot, so that one run rewrites all of
   * them. Registered for every test by a service file.
   */
  public static final class FailWhatWasRewritten implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
      NavigableSet<Path> rewritten = new TreeSet<>(REWRITTEN);
      REWRITTEN.clear();
      assertThat(rewritten).as("snapshots rewritten: review and commit them").isEmpty();
    }
  }
}
