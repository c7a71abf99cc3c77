package dev.fairway.diff;

/** What a difference may do to who runs on a cluster, the worst first. */
public enum Risk {
  REFUSED("would be refused"),
  DATA_LOSS("may lose data"),
  REPLACEMENT("replaces"),
  WIDER_ACCESS("opens or grants"),
  POSSIBLE_REPLACEMENT("may replace"),
  BLOCKING("keeps nodes from draining"),
  REMOVAL("removes"),
  ROLL("rolls nodes"),
  ORDINARY("changes");

  private final String title;

  Risk(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** The worse of the two. */
  public Risk or(Risk other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether a reviewer should see it before all else. */
  public boolean isNotable() {
    return compareTo(ROLL) < 0;
  }
}
