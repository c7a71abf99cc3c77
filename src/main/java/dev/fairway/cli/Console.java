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
import dev.fairway.model.Cluster;
import dev.fairway.release.CanonicalJson;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.InstantSource;
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
    return finish(
        outcome.diagnostics(),
        outcome.value().map(json).orElseGet(JsonNodeFactory.instance::objectNode),
        () -> outcome.value().ifPresent(text));
  }

  /** The same for a command that has something to show even when it failed half-way. */
  int finish(Diagnostics diagnostics, ObjectNode json, Runnable text) {
    if (isJson()) {
      var document = (ObjectNode) rendered(diagnostics);
      document.setAll(json);
      out().print(Printable.json(CanonicalJson.text(document)));
    } else {
      text.run();
      if (!diagnostics.all().isEmpty()) {
        spec.commandLine().getErr().print(renderer().render(report(diagnostics)));
      }
    }
    out().flush();
    spec.commandLine().getErr().flush();
    return diagnostics.hasErrors() ? ExitCode.DIAGNOSTICS : ExitCode.OK;
  }

  /** For a command that came to nothing. */
  int finish(Diagnostics diagnostics) {
    return finish(diagnostics, JsonNodeFactory.instance.objectNode(), () -> {});
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

  /** A long run, told to whoever looks on: drawn at a terminal, written line by line to a log. */
  FollowedRun follow() {
    var err = spec.commandLine().getErr();
    return isAtTerminal() ? LiveTable.on(err, InstantSource.system()) : new ProgressLines(err);
  }

  private static boolean isAtTerminal() {
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
  }

  /** Asks at the terminal for what was not given. */
  Outcome<Cluster> confirm(Cluster cluster, Optional<String> given) {
    var in = new InputStreamReader(System.in, Charset.defaultCharset());
    return new Confirmation(in, spec.commandLine().getErr()).of(cluster, given);
  }

  /** Long steps, told to people at a terminal only. */
  Progress progress() {
    return isAtTerminal() && !isJson()
        ? step -> spec.commandLine().getErr().println("· " + step)
        : Progress.SILENT;
  }
}
