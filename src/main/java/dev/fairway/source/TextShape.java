package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import java.util.Optional;
import java.util.function.Function;

/** Text that a constructor of the model takes. */
record TextShape<T>(String what, String rule, String example, Function<String, T> constructor)
    implements Shape<T> {

  @Override
  public Optional<T> read(Item item) {
    return item.text("write " + rule).flatMap(text -> construct(item, text));
  }

  /** The rules stand once, in the model; all that is added here is where and what to do. */
  private Optional<T> construct(Item item, String text) {
    try {
      return Optional.of(constructor.apply(text));
    } catch (IllegalArgumentException _) {
      return item.reject(
          Code.MALFORMED_VALUE,
          "%s is \"%s\", which is not %s".formatted(item.name(), Shown.of(text), what),
          "write %s, such as %s".formatted(rule, example));
    }
  }

  static String requireLine(String text) {
    if (text.isBlank() || text.lines().count() > 1) {
      throw new IllegalArgumentException("not one line with something in it: " + text);
    }
    return text;
  }
}
