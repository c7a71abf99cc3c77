package dev.fairway.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One thing that Fairway has to say: what is wrong, where, with which values, and what to do.
 *
 * @param span empty when no file is at fault
 * @param message lower case, the value given, no full stop at the end
 * @param values the other values that make this one wrong, each where it stands
 * @param remedy what to do, with the values allowed
 */
public record Diagnostic(
    Code code,
    Severity severity,
    Optional<Span> span,
    String message,
    List<Involved> values,
    String remedy)
    implements Comparable<Diagnostic> {

  /** A value that has a part in it, and where it comes from when that is a file. */
  public record Involved(String name, String value, Optional<Span> span) {}

  /** What has no place comes first: it is about the whole. */
  private static final Comparator<Diagnostic> ORDER =
      Comparator.comparing((Diagnostic diagnostic) -> diagnostic.span.isPresent())
          .thenComparing(diagnostic -> diagnostic.span.orElse(Span.startOf("/")))
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::message);

  public Diagnostic {
    requireWords(message);
    requireWords(remedy);
    values = List.copyOf(values);
  }

  public static Diagnostic at(Span span, Code code, String message, String remedy) {
    return new Diagnostic(code, code.severity(), Optional.of(span), message, List.of(), remedy);
  }

  /** For what has no place in a file. */
  public static Diagnostic general(Code code, String message, String remedy) {
    return new Diagnostic(code, code.severity(), Optional.empty(), message, List.of(), remedy);
  }

  /** The same, with one more value that has a part in it. */
  public Diagnostic with(String name, Object value, Span where) {
    return with(new Involved(name, value.toString(), Optional.of(where)));
  }

  /** The same, with one more value that has a part in it. */
  public Diagnostic with(Involved value) {
    var more = new ArrayList<>(values);
    more.add(value);
    return new Diagnostic(code, severity, span, message, more, remedy);
  }

  /** The same where it stops nothing. */
  public Diagnostic asWarning() {
    return new Diagnostic(code, Severity.WARNING, span, message, values, remedy);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public int compareTo(Diagnostic other) {
    return ORDER.compare(this, other);
  }

  private static void requireWords(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a diagnostic says something, and what to do");
    }
  }
}
