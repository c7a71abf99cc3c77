package dev.fairway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The entry point. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    // Numbers in messages are written alike everywhere: some locales have digits of their own.
    Locale.setDefault(Locale.ROOT);
    // Answered before picocli is touched, whose classes take longer to load than all else together.
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println(Version.text());
      return;
    }
    PrintWriter out = writer(System.out);
    PrintWriter err = writer(System.err);
    int exitCode = commandLine(out, err).execute(args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Fairway())
        .setOut(out)
        .setErr(err)
        .setExecutionStrategy(Main::execute);
  }

  /** Around the command itself, because picocli would let an {@link Error} pass as exit code 1. */
  private static int execute(ParseResult line) {
    try {
      return new RunLast().execute(line);
    } catch (ParameterException usage) {
      throw usage;
    } catch (ExecutionException failed) {
      var err = line.commandSpec().commandLine().getErr();
      return failed.getCause() instanceof FileSystemException refused
          ? report(refused, err)
          : report(failed, err);
    } catch (RuntimeException | Error bug) {
      return report(bug, line.commandSpec().commandLine().getErr());
    }
  }

  /** A full disk or a folder of somebody else is no bug of ours. */
  private static int report(FileSystemException refused, PrintWriter err) {
    var diagnostic =
        Diagnostic.general(
            Code.FILE_SYSTEM,
            refused.getFile() + " can't be read or written: " + reason(refused),
            "mend its permissions or make room, and run the command again");
    err.print(Renderer.TEXT.render(Report.of(Diagnostics.of(diagnostic), SourceLines.onDisk())));
    return ExitCode.DIAGNOSTICS;
  }

  private static String reason(FileSystemException refused) {
    return Optional.ofNullable(refused.getReason()).orElse(refused.getClass().getSimpleName());
  }

  private static int report(Throwable bug, PrintWriter err) {
    err.println("this is a bug of ours, not of your input: please report it with the text below");
    bug.printStackTrace(err);
    return ExitCode.BUG;
  }

  /** UTF-8 whatever the locale, so that what is printed can be compared between machines. */
  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
  }
}
