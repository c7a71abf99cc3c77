package dev.fairway.diagnostic;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Place, code and message; the line at fault with a mark under it; the remedy and the page. */
final class TextRenderer implements Renderer {
  @Override
  public String render(Report report) {
    return Printable.of(report).entries().stream()
            .map(TextRenderer::entry)
            .collect(Collectors.joining())
        + summary(report);
  }

  private static String entry(Report.Entry entry) {
    var diagnostic = entry.diagnostic();
    return headline(diagnostic)
        + quote(entry)
        + diagnostic.values().stream().map(TextRenderer::value).collect(Collectors.joining())
        + "  help: "
        + diagnostic.remedy()
        + "\n  page: "
        + diagnostic.code().page()
        + "\n\n";
  }

  private static String headline(Diagnostic diagnostic) {
    return diagnostic.span().map(span -> span + ": ").orElse("")
        + diagnostic.severity().word()
        + " "
        + diagnostic.code().id()
        + ": "
        + diagnostic.message()
        + "\n";
  }

  private static String quote(Report.Entry entry) {
    return entry
        .diagnostic()
        .span()
        .flatMap(span -> entry.source().map(line -> quote(span, line)))
        .orElse("");
  }

  private static String quote(Span span, String line) {
    var number = "%5s | ".formatted(span.line());
    return number
        + line
        + "\n"
        + " ".repeat(number.length() - 2)
        + "| "
        + indent(line, span.column() - 1)
        + "^\n";
  }

  /** Blanks as wide as the line up to the mark: a tab is as wide as a tab. */
  private static String indent(String line, int width) {
    var codePoints = line.codePoints().limit(width).map(c -> c == '\t' ? '\t' : ' ').toArray();
    return new String(codePoints, 0, codePoints.length) + " ".repeat(width - codePoints.length);
  }

  private static String value(Diagnostic.Involved value) {
    return "  with: "
        + value.name()
        + " is "
        + value.value()
        + value.span().map(span -> " (" + span + ")").orElse("")
        + "\n";
  }

  private static String summary(Report report) {
    var counts =
        Stream.of(counted(report.errors(), "error"), counted(report.warnings(), "warning"))
            .filter(count -> !count.startsWith("0"))
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "" : counts + "\n";
  }

  private static String counted(long count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }
}
