package dev.fairway.check;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.platform.Platform;
import java.util.stream.Stream;

/**
 * Something that must hold for a platform. An implementation is annotated with
 * {@code @AutoService(Rule.class)}, has a code and the code's page, and reports under that code
 * only.
 */
public interface Rule {
  Code code();

  /** What does not hold. */
  Stream<Diagnostic> check(Platform platform);
}
