package dev.fairway.model;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A window in which nothing enters a channel.
 *
 * @param reason for whoever is refused
 * @param zone that its wall clock is of
 * @param start of the first window
 * @param duration of each
 * @param rule when it comes again: the value of an RRULE of RFC 5545; empty where it comes once
 */
public record Freeze(
    String reason, ZoneId zone, LocalDateTime start, Duration duration, Optional<String> rule) {
  public Freeze {
    Invariant.holds(!reason.isBlank(), "a freeze without a reason");
    Invariant.holds(duration.isPositive(), "a freeze of no time: " + duration);
  }
}
