package dev.fairway.e2e;

import java.util.List;

/** How Kubernetes' programs say that they were not given what they know. */
final class Complaints {
  private static final List<String> TOLD_BY =
      List.of(
          "has been deprecated",
          "DEPRECATED",
          "deprecated and",
          "is deprecated",
          "unknown flag",
          "unknown field",
          "lenient decoding",
          "strict decoding",
          "Setting GA feature gate",
          "failed to validate",
          "unrecognized feature gate");

  private Complaints() {}

  /** Whether a line of a log is one. */
  static boolean of(String line) {
    return TOLD_BY.stream().anyMatch(line::contains);
  }
}
