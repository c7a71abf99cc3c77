package dev.fairway.channel;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.RevWalkException;

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

  /** At an act's own border: what kept it from going on is told, as far as that is no bug. */
  static <T> Outcome<T> outcomeOf(Supplier<Outcome<T>> act) {
    try {
      return act.get();
    } catch (GitFailure e) {
      return e.outcome();
    } catch (UncheckedIOException | RevWalkException e) {
      return BrokenObject.failure(e).orElseThrow(() -> e).outcome();
    }
  }

  <T> Outcome<T> outcome() {
    return new Outcome<>(Optional.empty(), diagnostics);
  }

  /** The value, or a failure with what was said instead. */
  static <T> T unwrap(Outcome<T> outcome) {
    return outcome.value().orElseThrow(() -> new GitFailure(outcome.diagnostics()));
  }
}
