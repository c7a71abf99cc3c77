package dev.fairway.diff;

/** What became of something from one release to the other. */
public enum Act {
  ADDED('+'),
  REMOVED('-'),
  CHANGED('~');

  private final char sign;

  Act(char sign) {
    this.sign = sign;
  }

  public char sign() {
    return sign;
  }

  /** What it is when the two releases change places. */
  public Act mirrored() {
    return switch (this) {
      case ADDED -> REMOVED;
      case REMOVED -> ADDED;
      case CHANGED -> CHANGED;
    };
  }
}
