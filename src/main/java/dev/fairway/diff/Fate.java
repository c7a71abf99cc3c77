package dev.fairway.diff;

/** What becomes of a resource or an object itself, whatever else is a risk about it. */
public enum Fate {
  KEPT,
  MAY_BE_REPLACED,
  REPLACED,
  DELETED;

  /** The harder of the two. */
  public Fate or(Fate other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean isReplacing() {
    return this == MAY_BE_REPLACED || this == REPLACED;
  }
}
