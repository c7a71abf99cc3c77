package dev.fairway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final Path FOLDER = Path.of("src/test/resources/snapshots");

  @Test
  void ofNothingThereIsNoFile() throws IOException {
    Snapshots.assertMatches("release", "nothing-of-this-name.txt", "");

    try (var files = Files.walk(FOLDER)) {
      assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allMatch(SnapshotsTest::hasText);
    }
  }

  @Test
  void whatLostItsTextIsSeen() {
    if (System.getProperty("snapshot", "").isEmpty()) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> Snapshots.assertMatches("release", "symbols.txt", ""))
          .withMessageContaining("nothing in it any more");
    }
  }

  private static boolean hasText(Path file) {
    return file.toFile().length() > 0;
  }
}
