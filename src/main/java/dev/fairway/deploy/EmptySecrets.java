package dev.fairway.deploy;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.util.List;

/** The foundation makes the secrets' places. A node that finds one empty would never boot. */
final class EmptySecrets {
  private EmptySecrets() {}

  /** Nothing to change when there is none, else a diagnostic that names each. */
  static Outcome<List<Change>> refuse(List<String> names) {
    var diagnostics =
        new Diagnostics(
            names.stream()
                .map(name ->
                    Diagnostic.general(
                        Code.EMPTY_SECRET,
                        "the secret %s has no version".formatted(name),
                        "put its value with aws secretsmanager put-secret-value --secret-id %s,"
                                .formatted(name)
                            + " and deploy again: nothing that boots with it was touched"))
                .toList());
    return Outcome.unlessErrors(diagnostics, List::of);
  }
}
