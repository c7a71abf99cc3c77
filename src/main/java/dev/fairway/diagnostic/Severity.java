package dev.fairway.diagnostic;

import java.util.Locale;

/** Whether a diagnostic stops what is under way. */
public enum Severity {
  /** Nothing is written. */
  ERROR,
  /** Worth a look; the work goes on. */
  WARNING;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
