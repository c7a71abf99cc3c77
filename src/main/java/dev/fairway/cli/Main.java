package dev.fairway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.release.IrreplaceableFolder;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
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
      return refusal(failed.getCause())
          .map(refused -> report(refused, innermost(line)))
          .orElseGet(() -> report(failed, line.commandSpec().commandLine().getErr()));
    } catch (RuntimeException | Error bug) {
      return report(bug, line.commandSpec().commandLine().getErr());
    }
  }

  /** A full disk or a folder of somebody else is no bug of ours. */
  private static Optional<FileSystemException> refusal(@Nullable Throwable cause) {
    return switch (cause) {
      case FileSystemException refused -> Optional.of(refused);
      case UncheckedIOException unchecked -> refusal(unchecked.getCause());
      case null, default -> Optional.empty();
    };
  }

  private static CommandSpec innermost(ParseResult line) {
    return line.hasSubcommand() ? innermost(line.subcommand()) : line.commandSpec();
  }

  /** As the command itself would say it, in the form that was asked for. */
  private static int report(FileSystemException refused, CommandSpec command) {
    var diagnostics = Diagnostics.of(diagnostic(refused));
    return command.mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(Console.class::isInstance)
        .map(Console.class::cast)
        .findFirst()
        .orElseThrow()
        .finish(diagnostics);
  }

  private static Diagnostic diagnostic(FileSystemException refused) {
    return refused instanceof IrreplaceableFolder
        ? Diagnostic.general(
            Code.FILE_SYSTEM,
            refused.getFile() + " can't be replaced: " + refused.getReason(),
            "name a folder below it, which is then made anew")
        : Diagnostic.general(
            Code.FILE_SYSTEM,
            refused.getFile() + " can't be read or written: " + reason(refused),
            "mend its permissions or make room, and run the command again");
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
