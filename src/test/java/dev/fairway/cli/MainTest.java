package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpTeachesOnStandardOutput() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Usage: fairway", "Exit codes:");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void noCommandIsAUsageError() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("Usage: fairway");
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatNamesIt() {
    assertThat(run("--colour")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("'--colour'");
  }

  @Test
  void whatACommandThrowsIsABugOfOursWithItsTrace() {
    CommandLine fairway = commandLine().addSubcommand("stumble", new Stumble());

    assertThat(fairway.execute("stumble")).isEqualTo(ExitCode.BUG);
    assertThat(err.toString())
        .contains("a bug of ours", "AssertionError: off by one", "at dev.fairway");
  }

  private int run(String... args) {
    return commandLine().execute(args);
  }

  private CommandLine commandLine() {
    return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
  }

  /** Not an exception, because picocli by itself turns only those into an exit code of ours. */
  @Command
  private static final class Stumble implements Runnable {
    @Override
    public void run() {
      throw new AssertionError("off by one");
    }
  }
}
