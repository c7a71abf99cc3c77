package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that people name by mistake are told of as such. */
class GivenFileTest {
  @TempDir private Path folder;

  private static void refuses(Code code, Path file) throws IOException {
    var ran =
        Running.of(
            "github",
            "comment",
            "--head",
            "b",
            "--commit",
            "c",
            "--key",
            "k",
            "--body",
            file.toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.err()).contains(code.id(), file.toString());
  }

  @Test
  void whatIsNotThereOrNoFile() throws IOException {
    refuses(Code.UNREADABLE_FILE, folder.resolve("nope.md"));
    refuses(Code.UNREADABLE_FILE, folder);
    var ran = Running.of("github", "propose", "nope.txt", "--branch", "b", "--title", "t");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.DIAGNOSTICS);
    assertThat(ran.err()).contains(Code.UNREADABLE_FILE.id(), "nope.txt is not there");
  }

  @Test
  void whatIsNoText() throws IOException {
    refuses(Code.NOT_UTF_8, Files.write(folder.resolve("bad.md"), new byte[] {(byte) 0xff, 'a'}));
  }
}
