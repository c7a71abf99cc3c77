package dev.fairway.source;

import dev.fairway.model.Freeze;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** When the windows of a freeze start, by the wall clock of its time zone. */
public final class FreezeStarts implements Iterator<LocalDateTime> {
  /** What comes more often is no window, and would be counted through for years. */
  private static final Set<Freq> FREQUENCIES =
      Set.of(Freq.YEARLY, Freq.MONTHLY, Freq.WEEKLY, Freq.DAILY);

  private final RecurrenceRuleIterator starts;

  private FreezeStarts(String rule, ZoneId zone, LocalDateTime start, LocalDateTime earliest)
      throws InvalidRecurrenceRuleException {
    var parsed = new RecurrenceRule(rule, RfcMode.RFC5545_STRICT);
    // UNTIL may be in UTC or by the wall clock; the library wants a start of the same sort.
    var absolute = Optional.ofNullable(parsed.getUntil()).filter(until -> !until.isFloating());
    var timeZone = absolute.map(_ -> TimeZone.getTimeZone(zone));
    starts = parsed.iterator(dateTime(start, timeZone));
    if (earliest.isAfter(start)) {
      starts.fastForward(dateTime(earliest, timeZone));
    }
  }

  /**
   * All that are not before the given time, in order; there may be no end of them.
   *
   * @param freeze with a rule that there is no {@link #objection} to
   */
  public static Iterator<LocalDateTime> of(Freeze freeze, LocalDateTime earliest) {
    if (freeze.rule().isEmpty()) {
      return List.of(freeze.start()).stream().filter(start -> !start.isBefore(earliest)).iterator();
    }
    var rule = freeze.rule().get();
    try {
      return new FreezeStarts(rule, freeze.zone(), freeze.start(), earliest);
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException("not a rule: " + rule, e);
    }
  }

  /** What is wrong with a rule for windows of which the first starts at the given time. */
  static Optional<String> objection(String rule, ZoneId zone, LocalDateTime start) {
    try {
      var parsed = new RecurrenceRule(rule, RfcMode.RFC5545_STRICT);
      if (!FREQUENCIES.contains(parsed.getFreq())) {
        return Optional.of("its FREQ is none of YEARLY, MONTHLY, WEEKLY, DAILY");
      }
      if (Optional.ofNullable(parsed.getUntil()).filter(DateTime::isAllDay).isPresent()) {
        return Optional.of("its UNTIL has no time of day");
      }
      var starts = new FreezeStarts(rule, zone, start, start);
      return starts.hasNext() && starts.next().equals(start)
          ? Optional.empty()
          : Optional.of("the start, %s, is no time that it names".formatted(start));
    } catch (InvalidRecurrenceRuleException e) {
      return Optional.of(Optional.ofNullable(e.getMessage()).orElse("it can't be read"));
    } catch (IllegalArgumentException _) {
      return Optional.of("it names no time in many years");
    }
  }

  @Override
  public boolean hasNext() {
    return starts.hasNext();
  }

  @Override
  public LocalDateTime next() {
    var next = starts.nextDateTime();
    return LocalDateTime.of(
        next.getYear(),
        next.getMonth() + 1,
        next.getDayOfMonth(),
        next.getHours(),
        next.getMinutes(),
        next.getSeconds());
  }

  /** The library counts months from 0. */
  private static DateTime dateTime(LocalDateTime time, Optional<TimeZone> zone) {
    var month = time.getMonthValue() - 1;
    return zone.map(of ->
            new DateTime(
                of,
                time.getYear(),
                month,
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond()))
        .orElseGet(() ->
            new DateTime(
                time.getYear(),
                month,
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond()));
  }
}
