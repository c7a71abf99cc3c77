package dev.fairway.cli;

import dev.fairway.compiler.Progress;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How every command speaks: results to standard output, all else to standard error. */
final class Console {
  /** For whom the output is. */
  enum Format {
    text,
    json,
    github
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "for whom: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.text;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean isJson() {
    return format == Format.json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** A line for people; programs asked for JSON. */
  void say(Supplier<String> line) {
    if (!isJson()) {
      out().println(line.get());
    }
  }

  /**
   * Shows what there is to say and answers with the exit code. JSON is one document on standard
   * output, so a command that has results of its own shows diagnostics only when there are errors.
   */
  int report(Diagnostics diagnostics) {
    if (!diagnostics.all().isEmpty()) {
      var report = Report.of(diagnostics, SourceLines.onDisk());
      var writer = isJson() ? out() : spec.commandLine().getErr();
      writer.print(renderer().render(report));
      writer.flush();
    }
    return diagnostics.hasErrors() ? ExitCode.DIAGNOSTICS : ExitCode.OK;
  }

  private Renderer renderer() {
    return switch (format) {
      case text -> Renderer.TEXT;
      case json -> Renderer.JSON;
      case github -> Renderer.GITHUB;
    };
  }

  /** Long steps, told to people at a terminal only. */
  Progress progress() {
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent()
            && !isJson()
        ? step -> spec.commandLine().getErr().println("· " + step)
        : Progress.SILENT;
  }
}
