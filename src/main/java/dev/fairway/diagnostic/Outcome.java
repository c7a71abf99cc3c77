package dev.fairway.diagnostic;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a pass comes to: a value when no error was found, and what there is to say either way.
 *
 * @param value present if and only if no diagnostic is an error
 */
public record Outcome<T>(Optional<T> value, Diagnostics diagnostics) {
  public Outcome {
    if (value.isPresent() == diagnostics.hasErrors()) {
      throw new IllegalArgumentException("a value if and only if there is no error");
    }
  }

  public static <T> Outcome<T> of(T value) {
    return new Outcome<>(Optional.of(value), Diagnostics.NONE);
  }

  /** The value, unless the diagnostics hold an error: then it is not even made. */
  public static <T> Outcome<T> unlessErrors(Diagnostics diagnostics, Supplier<T> value) {
    return new Outcome<>(
        diagnostics.hasErrors() ? Optional.empty() : Optional.of(value.get()), diagnostics);
  }

  /** The next pass on the value, unless this one found errors; what both had to say is kept. */
  public <R> Outcome<R> then(Function<T, Outcome<R>> next) {
    if (value.isEmpty()) {
      return new Outcome<>(Optional.empty(), diagnostics);
    }
    var outcome = next.apply(value.get());
    return new Outcome<>(outcome.value, diagnostics.plus(outcome.diagnostics));
  }

  public <R> Outcome<R> map(Function<T, R> change) {
    return then(found -> of(change.apply(found)));
  }
}
