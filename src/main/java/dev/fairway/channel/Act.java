package dev.fairway.channel;

import java.util.Locale;

/** The ways in which a channel comes to another release. */
public enum Act {
  /** The first channel takes what main compiled to. */
  PUBLISH,
  /** A channel takes what its upstream has. */
  PROMOTE,
  /** A channel takes back what it had before. */
  ROLLBACK,
  /** A channel takes a mended copy of what it has, past its upstream. */
  HOTFIX;

  /** As statements have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
