package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Span;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** What the YAML parser says of a file that it can't read, as a diagnostic. */
final class SyntaxError {
  private static final String REMEDY =
      "correct the YAML here: most often the indentation is off, a bracket or a quote is open, or"
          + " text that holds a colon or begins with a special character needs quotes";

  private SyntaxError() {}

  static Diagnostic diagnostic(SourceFile file, YamlEngineException error) {
    return switch (error) {
      case MarkedYamlEngineException marked ->
          Diagnostic.at(span(file, marked), Code.YAML_SYNTAX, message(marked), REMEDY);
      case ReaderException _ ->
          Diagnostic.at(
              firstUnprintable(file),
              Code.YAML_SYNTAX,
              "not well-formed YAML: a control character",
              "remove it, or write it as an escape in double quotes");
      default ->
          Diagnostic.at(
              Span.startOf(file.name()),
              Code.YAML_SYNTAX,
              "not well-formed YAML: " + flat(String.valueOf(error.getMessage())),
              REMEDY);
    };
  }

  private static Span span(SourceFile file, MarkedYamlEngineException error) {
    return error
        .getProblemMark()
        .map(mark -> new Span(file.name(), mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Span.startOf(file.name()));
  }

  private static String message(MarkedYamlEngineException error) {
    return "not well-formed YAML: "
        + flat(error.getProblem())
        + error.getContextMark().map(mark -> ", " + context(error, mark)).orElse("");
  }

  private static String context(MarkedYamlEngineException error, Mark mark) {
    return "%s that begins on line %s".formatted(flat(error.getContext()), mark.getLine() + 1);
  }

  /** One line, without the parser's own advice in brackets, which is about tabs alone. */
  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\. ?\\(Do not use.*|\\.$", "");
  }

  private static Span firstUnprintable(SourceFile file) {
    var codePoints = file.text().codePoints().toArray();
    var line = 1;
    var column = 1;
    for (var codePoint : codePoints) {
      if (!StreamReader.isPrintable(codePoint)) {
        break;
      }
      line += codePoint == '\n' ? 1 : 0;
      column = codePoint == '\n' ? 1 : column + 1;
    }
    return new Span(file.name(), line, column);
  }
}
