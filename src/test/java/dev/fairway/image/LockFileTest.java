package dev.fairway.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import dev.fairway.model.ImageLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
  private static final String OLD = "a".repeat(64);
  private static final String NEW = "b".repeat(64);

  @TempDir private Path folder;

  @Test
  void itSaysWhichTagsMoved() throws IOException {
    var file = open("r.io/a:1 sha256:" + OLD + " linux/amd64\nr.io/b:1 sha256:" + OLD + " x/y\n");
    var other =
        ImageLock.parse(
            "r.io/a:1 sha256:" + NEW + " linux/amd64\nr.io/c:1 sha256:" + NEW + " x/y\n");

    assertThat(file.changes(other))
        .containsEntry("r.io/a:1", "moved from sha256:%s to sha256:%s".formatted(OLD, NEW))
        .containsEntry("r.io/b:1", "not used any more")
        .containsEntry("r.io/c:1", "locked at sha256:" + NEW)
        .hasSize(3);
    assertThat(file.changes(file.lock())).isEmpty();
  }

  @Test
  void itIsReplacedAsAWhole() throws IOException {
    var other = ImageLock.parse("r.io/a:1 sha256:" + NEW + " linux/amd64\n");
    var file = open("");
    file.write(other);

    assertThat(LockFile.open(file.path()).value().orElseThrow().lock()).isEqualTo(other);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file.path());
    }
  }

  @Test
  void oneThatIsNotThereOrDamagedIsNamed() throws IOException {
    var missing = LockFile.open(folder.resolve("images.lock"));
    assertThat(missing.diagnostics().all().getFirst().code()).isEqualTo(Code.IMAGES_LOCK_ELSEWHERE);
    Files.writeString(folder.resolve("images.lock"), "<<<<<<< ours\n");
    var damaged = LockFile.open(folder.resolve("images.lock"));
    assertThat(damaged.diagnostics().all().getFirst().message()).contains("<<<<<<< ours");
  }

  private LockFile open(String text) throws IOException {
    var path = Files.writeString(folder.resolve("images.lock"), text);
    return LockFile.open(path).value().orElseThrow();
  }
}
