package dev.fairway.deploy.kubernetes;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.util.List;
import java.util.Optional;

/** Puts outcomes together. */
final class Outcomes {
  private Outcomes() {}

  /** All values, or everything that is wrong; what was found many times is told once. */
  static <T> Outcome<List<T>> all(List<Outcome<T>> outcomes) {
    var found =
        outcomes.stream()
            .flatMap(outcome -> outcome.diagnostics().all().stream())
            .distinct()
            .toList();
    return Outcome.unlessErrors(
        new Diagnostics(found),
        () -> outcomes.stream().map(outcome -> outcome.value().orElseThrow()).toList());
  }

  static <T> Outcome<T> error(Diagnostic diagnostic) {
    return error(Diagnostics.of(diagnostic));
  }

  static <T> Outcome<T> error(Diagnostics diagnostics) {
    return new Outcome<>(Optional.empty(), diagnostics);
  }
}
