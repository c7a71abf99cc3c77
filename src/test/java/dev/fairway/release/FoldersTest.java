package dev.fairway.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir private Path parent;

  private Path folder;

  @BeforeEach
  void twoFilesOneInAFolder() throws IOException {
    folder = parent.resolve("out");
    Folders.replace(folder, Map.of("a", bytes("1"), "b/c", bytes("2")));
  }

  @Test
  void aFolderIsReplacedAsAWhole() throws IOException {
    Folders.replace(folder, Map.of("d", bytes("3")));

    assertThat(Folders.files(folder)).containsExactly("d");
    assertNothingIsBeside();
  }

  @Test
  void whatFailsToBeFilledChangesNothing() throws IOException {
    assertThatThrownBy(() ->
            Folders.replace(
                folder,
                fresh -> {
                  Files.writeString(fresh.resolve("half"), "");
                  throw new IOException("no space left on device");
                }))
        .hasMessage("no space left on device");

    assertThat(Folders.files(folder)).containsExactlyInAnyOrder("a", "b/c");
    assertNothingIsBeside();
  }

  @Test
  void whoWasKilledWhileFillingLeavesNothingThatStays() throws IOException {
    Files.createDirectories(parent.resolve(".out.fairway-new/half"));

    Folders.replace(folder, Map.of("d", bytes("3")));

    assertThat(Folders.files(folder)).containsExactly("d");
    assertNothingIsBeside();
  }

  @Test
  void whoWasKilledBetweenTheRenamesLosesNothing() throws IOException {
    Files.createDirectories(parent.resolve(".out.fairway-new/half"));
    Files.move(folder, parent.resolve(".out.fairway-old"));

    assertThatThrownBy(() ->
            Folders.replace(
                folder,
                _ -> {
                  throw new IOException("again");
                }))
        .hasMessage("again");

    assertThat(Folders.files(folder)).containsExactlyInAnyOrder("a", "b/c");
    assertNothingIsBeside();
  }

  @Test
  void whoWasKilledBeforeSweepingIsSweptAfter() throws IOException {
    Files.createDirectories(parent.resolve(".out.fairway-old/b"));

    Folders.replace(folder, Map.of("d", bytes("3")));

    assertThat(Folders.files(folder)).containsExactly("d");
    assertNothingIsBeside();
  }

  /** Names that people and editors give to what they want to keep. */
  @Test
  void whatItDidNotMakeIsNotDeleted() throws IOException {
    for (var name : new String[] {"out.old", ".out.old", "out.new", ".out.new", ".out", "out~"}) {
      Files.writeString(parent.resolve(name), "mine");
    }
    Folders.replace(folder, Map.of("d", bytes("3")));

    for (var name : new String[] {"out.old", ".out.old", "out.new", ".out.new", ".out", "out~"}) {
      assertThat(parent.resolve(name)).hasContent("mine");
    }
  }

  @Test
  void deletingStopsAtLinks() throws IOException {
    Files.createSymbolicLink(folder.resolve("b/out"), parent);
    Files.createSymbolicLink(folder.resolve("gone"), parent.resolve("nowhere"));
    Files.writeString(parent.resolve("mine"), "");

    Folders.delete(folder);

    assertThat(folder).doesNotExist();
    assertThat(parent.resolve("mine")).exists();
  }

  @Test
  void aLinkThatLeadsNowhereIsDeletedToo() throws IOException {
    var link = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("nowhere"));

    Folders.delete(link);

    assertThat(Files.isSymbolicLink(link)).isFalse();
  }

  private void assertNothingIsBeside() throws IOException {
    try (var paths = Files.list(parent)) {
      assertThat(paths).containsExactly(folder);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
