package dev.fairway.check;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.SourceLines;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule found. It becomes a diagnostic under the rule's code, at the line that its origin is
 * found in.
 *
 * @param values the other values that make it wrong, each where it was declared
 */
public record Finding(Origin origin, String message, List<Other> values, String remedy) {

  /** A value that has a part in it. */
  public record Other(String name, String value, Origin origin) {}

  public Finding {
    values = List.copyOf(values);
  }

  public static Finding at(Origin origin, String message, String remedy) {
    return new Finding(origin, message, List.of(), remedy);
  }

  /** The same, with one more value that has a part in it. */
  public Finding with(String name, Object value, Origin where) {
    var more = new ArrayList<>(values);
    more.add(new Other(name, value.toString(), where));
    return new Finding(origin, message, more, remedy);
  }

  Diagnostic diagnostic(Code code, SourceLines sources) {
    var diagnostic = Diagnostic.at(origin.span(sources), code, message, remedy);
    for (var other : values) {
      diagnostic = diagnostic.with(other.name(), other.value(), other.origin().span(sources));
    }
    return diagnostic;
  }
}
