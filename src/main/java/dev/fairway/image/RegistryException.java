package dev.fairway.image;

import dev.fairway.diagnostic.Code;
import java.io.IOException;
import java.io.Serial;

/** What is wrong with an image or its registry, for a diagnostic. */
final class RegistryException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final Code code;
  private final String remedy;

  RegistryException(Code code, String message, String remedy) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }

  Code code() {
    return code;
  }

  String remedy() {
    return remedy;
  }
}
