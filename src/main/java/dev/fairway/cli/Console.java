package dev.fairway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.compiler.Progress;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Printable;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import dev.fairway.release.CanonicalJson;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /**
   * Shows what a command came to and answers with the exit code. For programs that is one document
   * on standard output, whatever happened: the diagnostics, with the result's members beside them.
   */
  <T> int finish(Outcome<T> outcome, Function<T, ObjectNode> json, Consumer<T> text) {
    if (isJson()) {
      var document = (ObjectNode) rendered(outcome.diagnostics());
      outcome.value().ifPresent(value -> document.setAll(json.apply(value)));
      out().print(Printable.json(CanonicalJson.text(document)));
    } else {
      outcome.value().ifPresent(text);
      if (!outcome.diagnostics().all().isEmpty()) {
        spec.commandLine().getErr().print(renderer().render(report(outcome.diagnostics())));
      }
    }
    out().flush();
    spec.commandLine().getErr().flush();
    return outcome.diagnostics().hasErrors() ? ExitCode.DIAGNOSTICS : ExitCode.OK;
  }

  /** For a command that came to nothing. */
  int finish(Diagnostics diagnostics) {
    return finish(
        new Outcome<Void>(Optional.empty(), diagnostics),
        _ -> JsonNodeFactory.instance.objectNode(),
        _ -> {});
  }

  private static JsonNode rendered(Diagnostics diagnostics) {
    try {
      return CanonicalJson.TREES.readTree(Renderer.JSON.render(report(diagnostics)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the renderer writes JSON", e);
    }
  }

  private static Report report(Diagnostics diagnostics) {
    return Report.of(diagnostics, SourceLines.onDisk());
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
