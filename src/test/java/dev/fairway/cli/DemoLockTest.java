package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLockTest {
  @TempDir private Path folder;

  /** Another process, because a lock of one's own is no lock. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (var _ = DemoLock.take(Path.of(args[0])).value().orElseThrow()) {
        System.out.println("held");
        var _ = System.in.read();
      }
    }
  }

  private static Process holding(Path file) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isNotEmpty();
    return process;
  }

  @Test
  void whatAKilledProcessHeldIsFree() throws IOException, InterruptedException {
    var file = folder.resolve("target/demo.lock");
    var process = holding(file);
    assertThat(DemoLock.take(file).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.DEMO_UNDER_WAY);

    process.destroyForcibly().waitFor();

    try (var lock = DemoLock.take(file).value().orElseThrow()) {
      assertThat(lock).isNotNull();
    }
    try (var again = DemoLock.take(file).value().orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void aSecondDemoIsToldAndChangesNothing() throws IOException {
    var process = holding(folder.resolve("target/demo.lock"));
    var err = new StringWriter();
    System.setProperty(Workspace.HOME, folder.toString());
    try {
      var line = Main.commandLine(new PrintWriter(Writer.nullWriter()), new PrintWriter(err));

      assertThat(line.execute("demo")).isEqualTo(ExitCode.DIAGNOSTICS);
    } finally {
      System.clearProperty(Workspace.HOME);
      process.destroyForcibly();
    }
    assertThat(err.toString()).contains("error FW5008", "another demo", "nothing was changed");
    assertThat(Folders.files(folder)).containsExactly("target/demo.lock");
  }
}
