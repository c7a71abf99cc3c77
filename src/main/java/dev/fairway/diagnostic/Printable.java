package dev.fairway.diagnostic;

import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Text of others without what a terminal, a log or a reader's eye would obey: control and format
 * characters, among them escape sequences, line breaks and those that turn the direction of text. A
 * record of a pull request could otherwise write workflow commands into GitHub's log.
 */
public final class Printable {
  private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private static final Pattern OBEYED_BUT_ASCII =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\x00-\\x1f]]");

  private static final Pattern OBEYED_BUT_TABS =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\t]]");

  private static final Pattern OBEYED_BUT_LINES =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\t\n]]");

  private Printable() {}

  /** A report whose every text fits on one line and does nothing. */
  static Report of(Report report) {
    return new Report(
        report.diagnostics(),
        report.entries().stream()
            .map(entry ->
                new Report.Entry(of(entry.diagnostic()), entry.source().map(Printable::line)))
            .toList());
  }

  /** JSON whose strings hold the same, written as escapes. Its own line breaks stay. */
  public static String json(String json) {
    return escaped(json, OBEYED_BUT_ASCII);
  }

  private static Diagnostic of(Diagnostic diagnostic) {
    return new Diagnostic(
        diagnostic.code(),
        diagnostic.severity(),
        diagnostic.span().map(Printable::of),
        text(diagnostic.message()),
        diagnostic.values().stream().map(Printable::of).toList(),
        text(diagnostic.remedy()));
  }

  private static Diagnostic.Involved of(Diagnostic.Involved value) {
    return new Diagnostic.Involved(
        text(value.name()), text(value.value()), value.span().map(Printable::of));
  }

  private static Span of(Span span) {
    return new Span(text(span.file()), span.line(), span.column());
  }

  /** On one line. */
  public static String text(String text) {
    return escaped(text, OBEYED);
  }

  /** The same where only blanks stand before it on its line: for GitHub that can be a command. */
  public static String start(String text) {
    return text(text).replaceFirst("^(\\s*):(?=:)", "$1\\\\u003a");
  }

  /** On as many lines as it has, with its tabs. */
  public static String lines(String text) {
    return escaped(text, OBEYED_BUT_LINES);
  }

  /** A line as wide as it was, because a mark may stand under it. */
  public static String line(String line) {
    return OBEYED_BUT_TABS.matcher(line).replaceAll("\uFFFD");
  }

  private static String escaped(String text, Pattern characters) {
    Function<String, String> escape =
        found ->
            found
                .chars()
                .mapToObj(unit -> "\\\\u" + HexFormat.of().toHexDigits((char) unit))
                .reduce("", String::concat);
    return characters.matcher(text).replaceAll(match -> escape.apply(match.group()));
  }
}
