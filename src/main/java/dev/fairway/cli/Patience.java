package dev.fairway.cli;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;

/** Of commands that a schedule runs: what is not there yet is no mishap of theirs. */
final class Patience {
  private Patience() {}

  /**
   * Warnings in the place of errors, where all of them are of that code.
   *
   * @param patient whether that was asked for
   */
  static Diagnostics with(boolean patient, Code awaited, Diagnostics found) {
    var isAwaited =
        found.all().stream().filter(Diagnostic::isError).allMatch(one -> one.code() == awaited);
    return patient && isAwaited ? found.asWarnings() : found;
  }
}
