package dev.fairway.check;

import dev.fairway.diagnostic.Code;
import dev.fairway.platform.Platform;
import java.util.stream.Stream;

/**
 * Something that must hold for a platform. An implementation is annotated with
 * {@code @AutoService(Rule.class)}, and has a code, the code's page, and a fixture of both kinds.
 */
public interface Rule {
  /** What it reports under. */
  Code code();

  /** What does not hold. */
  Stream<Finding> check(Platform platform);
}
