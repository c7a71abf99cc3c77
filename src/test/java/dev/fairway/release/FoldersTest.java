package dev.fairway.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
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
  void aReaderPutsBackWhatWasLeftBeside() throws IOException {
    Files.move(folder, parent.resolve(".out.fairway-old"));
    Files.createFile(parent.resolve(".out.fairway-lock"));

    Folders.recover(folder);

    assertThat(Folders.files(folder)).containsExactlyInAnyOrder("a", "b/c");
    assertNothingIsBeside();
  }

  @Test
  void ofThreadsThatReplaceAtATimeOneStaysWhole() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var round = 0; round < 20; round++) {
        var writers = Stream.of("1", "2", "3", "4").map(this::writer).toList();
        for (var writer : threads.invokeAll(writers)) {
          writer.get();
        }
        assertOneWritersTree();
      }
    }
  }

  @Test
  void ofProcessesThatReplaceAtATimeOneStaysWhole() throws Exception {
    var one = process("1");
    var two = process("2");

    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    assertOneWritersTree();
  }

  private Callable<Boolean> writer(String name) {
    return () -> {
      Folders.replace(folder, Writer.tree(name));
      return true;
    };
  }

  private Process process(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            folder.toString(),
            name)
        .inheritIO()
        .start();
  }

  private void assertOneWritersTree() throws IOException {
    var name = Files.readString(folder.resolve("0"));
    assertThat(Folders.files(folder))
        .containsExactlyInAnyOrderElementsOf(Writer.tree(name).keySet())
        .allSatisfy(file -> assertThat(folder.resolve(file)).hasContent(name));
    assertNothingIsBeside();
  }

  /** A process that replaces a folder again and again. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      for (var round = 0; round < 50; round++) {
        Folders.replace(Path.of(args[0]), tree(args[1]));
      }
    }

    /** Files that only this writer has, and files that all have. */
    private static Map<String, byte[]> tree(String name) {
      var files = new TreeMap<String, byte[]>();
      for (var number = 0; number < 20; number++) {
        files.put(Integer.toString(number), bytes(name));
        files.put("of-%s/%d".formatted(name, number), bytes(name));
      }
      return files;
    }
  }

  @Test
  void whereTheFolderAboveMayNotBeWrittenTheFolderIsNamed() throws IOException {
    assumeTrue(parent.toFile().setWritable(false) && !Files.isWritable(parent), "not for root");
    try {
      assertThatThrownBy(() -> Folders.replace(folder, Map.of("d", bytes("3"))))
          .isInstanceOf(IrreplaceableFolder.class)
          .hasMessage(folder + ": the folder above it may not be written");
    } finally {
      assertThat(parent.toFile().setWritable(true)).isTrue();
    }
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
