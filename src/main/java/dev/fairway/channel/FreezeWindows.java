package dev.fairway.channel;

import dev.fairway.model.Freeze;
import dev.fairway.source.FreezeStarts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * When nothing enters a channel. Windows are of the wall clock: one lasts from when the clock first
 * shows its start, or would have, to when it last shows what is before its end. So a window over
 * the night in which clocks change is an hour longer or shorter than it says, and ends when people
 * expect it to.
 */
public final class FreezeWindows {
  /** What lasts longer is no freeze any more; nobody looks further ahead. */
  public static final Period LONGEST = Period.ofYears(5);

  /** Clocks were never put back further. */
  private static final Duration LARGEST_CHANGE = Duration.ofDays(1);

  private FreezeWindows() {}

  /**
   * One time of a freeze.
   *
   * @param end the first instant after it
   */
  public record Window(Freeze freeze, Instant start, Instant end) {}

  /** The window in which the time is; of several, the one that ends last. */
  public static Optional<Window> at(List<Freeze> freezes, Instant time) {
    return freezes.stream()
        .flatMap(freeze -> new Windows(freeze, time).startedBy(time).stream())
        .max(Comparator.comparing(Window::end));
  }

  /**
   * The first time from the given one on at which nothing is frozen, however many windows follow
   * each other without a gap: the given one itself when it is not. Looks ahead for {@link #LONGEST}
   * and answers with the end of that when all of it is frozen.
   */
  public static Instant earliestAfter(List<Freeze> freezes, Instant time) {
    var windows = freezes.stream().map(freeze -> new Windows(freeze, time)).toList();
    var limit = limit(time);
    var free = time;
    while (free.isBefore(limit)) {
      var later = endOf(windows, free);
      if (later.equals(free)) {
        return free;
      }
      free = later;
    }
    return limit;
  }

  /** True when nothing is free for {@link #LONGEST} from the freeze's first window on. */
  static boolean isEndless(List<Freeze> freezes, Freeze from) {
    var start = instantFrom(from.start(), from.zone());
    return !earliestAfter(freezes, start).isBefore(limit(start));
  }

  private static Instant limit(Instant time) {
    return time.atOffset(ZoneOffset.UTC).plus(LONGEST).toInstant();
  }

  /** Where the windows end that the time is in, or the time when it is in none. */
  private static Instant endOf(List<Windows> windows, Instant time) {
    return windows.stream()
        .flatMap(of -> of.startedBy(time).stream())
        .map(Window::end)
        .filter(time::isBefore)
        .max(Comparator.naturalOrder())
        .orElse(time);
  }

  /** The windows of a freeze that end after a time, in order, each handed out once. */
  private static final class Windows {
    private final Freeze freeze;
    private final Instant after;
    private final Iterator<LocalDateTime> starts;
    private final Queue<Window> next = new ArrayDeque<>();

    Windows(Freeze freeze, Instant after) {
      this.freeze = freeze;
      this.after = after;
      var earliest =
          LocalDateTime.ofInstant(after, freeze.zone())
              .minus(freeze.duration())
              .minus(LARGEST_CHANGE);
      starts = FreezeStarts.of(freeze, earliest);
    }

    /** The next ones that start at the time or before it. */
    List<Window> startedBy(Instant time) {
      var started = new ArrayList<Window>();
      while (peek().filter(window -> !window.start().isAfter(time)).isPresent()) {
        started.add(next.remove());
      }
      return started;
    }

    private Optional<Window> peek() {
      while (next.isEmpty() && starts.hasNext()) {
        var window = window(freeze, starts.next());
        if (window.start().isBefore(window.end()) && window.end().isAfter(after)) {
          next.add(window);
        }
      }
      return Optional.ofNullable(next.peek());
    }
  }

  private static Window window(Freeze freeze, LocalDateTime start) {
    var end = start.plus(freeze.duration());
    return new Window(freeze, instantFrom(start, freeze.zone()), instantUntil(end, freeze.zone()));
  }

  /** When the clock first shows the time or, where that is skipped, one after it. */
  private static Instant instantFrom(LocalDateTime time, ZoneId zone) {
    var change = zone.getRules().getTransition(time);
    return change != null && change.isGap() ? change.getInstant() : time.atZone(zone).toInstant();
  }

  /** From when on the clock shows nothing before the time any more. */
  private static Instant instantUntil(LocalDateTime time, ZoneId zone) {
    var change = zone.getRules().getTransition(time);
    // Of a time that is shown twice the second, but for the one that the clock is put back to.
    return change != null && change.isOverlap() && time.isAfter(change.getDateTimeAfter())
        ? time.toInstant(change.getOffsetAfter())
        : instantFrom(time, zone);
  }
}
