package dev.fairway.channel;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.util.Optional;

/**
 * Something that keeps the work on a repository from going on, said in full. It is thrown where Git
 * is at work, and becomes an outcome at the act's own border.
 */
final class GitFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Diagnostics are values that nobody writes to a stream. */
  private final transient Diagnostics diagnostics;

  GitFailure(Diagnostic diagnostic) {
    this(Diagnostics.of(diagnostic));
  }

  GitFailure(Diagnostics diagnostics) {
    super(diagnostics.all().getFirst().message());
    this.diagnostics = diagnostics;
  }

  <T> Outcome<T> outcome() {
    return new Outcome<>(Optional.empty(), diagnostics);
  }

  /** The value, or a failure with what was said instead. */
  static <T> T unwrap(Outcome<T> outcome) {
    return outcome.value().orElseThrow(() -> new GitFailure(outcome.diagnostics()));
  }
}
