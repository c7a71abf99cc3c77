package dev.fairway.diff;

import java.util.Optional;

/**
 * What a resource or an object hangs on.
 *
 * @param wiring the condition, with {@code ${symbol}} for what a cluster decides; empty where there
 *     is none
 * @param byDefault whether it holds on a cluster that says nothing about it; empty where each has
 *     to say
 */
record Switch(String wiring, Optional<Boolean> byDefault) {
  static final Switch NONE = new Switch("", Optional.of(true));

  boolean isOn() {
    return byDefault.orElse(false);
  }

  private boolean isOff() {
    return !byDefault.orElse(true);
  }

  /** Whether it is on anywhere. */
  private boolean mayBeOn() {
    return !isOff() || wiring.contains("${");
  }

  /** Whether it goes on each cluster that says nothing. */
  boolean turnsOff(Switch later) {
    return isOn() && later.isOff();
  }

  /** Whether it hangs on something else now, or on what each has to say, and not all do. */
  boolean mayTurnOff(Switch later) {
    return !later.isOn() && (isOn() || (!wiring.equals(later.wiring) && mayBeOn()));
  }
}
