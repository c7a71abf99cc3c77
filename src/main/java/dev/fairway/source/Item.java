package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Span;
import dev.fairway.source.YamlNode.Refused;
import dev.fairway.source.YamlNode.Scalar;
import dev.fairway.source.YamlNode.ScalarKind;
import java.util.Optional;

/** A value in a file, under the name that diagnostics give it. */
record Item(String name, YamlNode node, Reading in) {

  Span span() {
    return in.span(node);
  }

  /** A part of the value, under the same name. */
  Item part(YamlNode part) {
    return new Item(name, part, in);
  }

  /** The value's text, or a report that it is something else. */
  Optional<String> text(String remedy) {
    return switch (node) {
      case Scalar scalar when scalar.is(ScalarKind.TEXT) -> Optional.of(scalar.text());
      case Scalar scalar when !scalar.is(ScalarKind.NULL) ->
          wrongType("text", "write it in quotes: \"" + scalar.shown() + "\"");
      default -> wrongType("text", remedy);
    };
  }

  /** Reports that something else was needed: {@code "a list"}. */
  <T> Optional<T> wrongType(String needed, String remedy) {
    return node instanceof Refused
        ? Optional.empty()
        : reject(
            Code.WRONG_TYPE,
            "%s is %s where %s is needed".formatted(name, given(), needed),
            remedy);
  }

  private String given() {
    return node instanceof Scalar scalar && !scalar.is(ScalarKind.NULL)
        ? scalar.quoted() + ", " + node.kind()
        : node.kind();
  }

  /** Reports what is wrong with the value; it then has no reading. */
  <T> Optional<T> reject(Code code, String message, String remedy) {
    in.report(Diagnostic.at(span(), code, message, remedy));
    return Optional.empty();
  }
}
