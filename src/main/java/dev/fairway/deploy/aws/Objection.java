package dev.fairway.deploy.aws;

import dev.fairway.diagnostic.Diagnostic;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asked before every write, and while others write for us.
 *
 * @param question why nothing may be written any more, if so
 */
record Objection(Supplier<Optional<Diagnostic>> question) {
  static final Objection NONE = new Objection(Optional::empty);

  /** Goes on only when there is none. */
  void heed() {
    question
        .get()
        .ifPresent(diagnostic -> {
          throw new Raised(diagnostic);
        });
  }

  /** Ends what is under way, from however deep; {@link AwsFailure#reported} makes it an outcome. */
  static final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;

    private Raised(Diagnostic diagnostic) {
      super(diagnostic.message());
      this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
      return diagnostic;
    }
  }
}
