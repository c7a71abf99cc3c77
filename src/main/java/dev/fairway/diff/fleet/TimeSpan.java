package dev.fairway.diff.fleet;

import java.time.Duration;

/**
 * How long something may take.
 *
 * @param least with the fewest nodes, of which each drains within its pods' grace period
 * @param most with the most nodes, each of which uses up every timeout
 */
public record TimeSpan(Duration least, Duration most) {
  public static final TimeSpan NONE = new TimeSpan(Duration.ZERO, Duration.ZERO);

  public TimeSpan plus(TimeSpan other) {
    return new TimeSpan(least.plus(other.least), most.plus(other.most));
  }

  /** The longer of each. */
  public TimeSpan or(TimeSpan other) {
    return new TimeSpan(longer(least, other.least), longer(most, other.most));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
