package dev.fairway.deploy.kubernetes;

import dev.fairway.diagnostic.Diagnostic;
import java.util.Optional;

/** Asked before every write: whoever lost the lease must not write any more. */
@FunctionalInterface
public interface Guard {
  /** For what writes nothing. */
  Guard NONE = Optional::empty;

  /** Why nothing may be written, if so. */
  Optional<Diagnostic> objection();
}
