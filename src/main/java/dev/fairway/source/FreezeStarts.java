package dev.fairway.source;

import dev.fairway.model.Freeze;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** When the windows of a freeze start, by the wall clock of its time zone. */
public final class FreezeStarts implements Iterator<LocalDateTime> {
  /** What comes more often is no window, and would be counted through for years. */
  private static final Set<Freq> FREQUENCIES =
      Set.of(Freq.YEARLY, Freq.MONTHLY, Freq.WEEKLY, Freq.DAILY);

  /** The library counts step by step past the end of its calendar when it is large. */
  private static final int LONGEST_INTERVAL = 366;

  /** Whoever writes a rule sees what becomes of it in so many years. */
  private static final int YEARS = 10;

  private static final String NOTHING =
      "too few of the times that its FREQ counts are named by the rest";

  private final RecurrenceRuleIterator starts;
  private boolean gaveUp;

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
    } catch (IllegalArgumentException | IllegalStateException _) {
      return Collections.emptyIterator(); // as where the library gives up later
    }
  }

  /** What is wrong with a rule for windows of which the first starts at the given time. */
  static Optional<String> objection(String rule, ZoneId zone, LocalDateTime start) {
    if (rule.contains("FREQ") && !rule.startsWith("FREQ")) {
      return Optional.of("FREQ does not come first");
    }
    try {
      var objection = objection(new RecurrenceRule(rule, RfcMode.RFC5545_STRICT));
      if (objection.isPresent()) {
        return objection;
      }
      var starts = new FreezeStarts(rule, zone, start, start);
      return starts.hasNext() && starts.next().equals(start)
          ? starts.objectionAfter(start)
          : Optional.of("the start, %s, is no time that it names".formatted(start));
    } catch (InvalidRecurrenceRuleException e) {
      return Optional.of(Optional.ofNullable(e.getMessage()).orElse("it can't be read"));
    } catch (RuntimeException _) {
      // Whatever the library's parts throw where they can't go on: they promise nothing.
      return Optional.of(NOTHING);
    }
  }

  private static Optional<String> objection(RecurrenceRule rule) {
    if (!FREQUENCIES.contains(rule.getFreq())) {
      return Optional.of("its FREQ is none of YEARLY, MONTHLY, WEEKLY, DAILY");
    }
    if (rule.getInterval() > LONGEST_INTERVAL) {
      return Optional.of("its INTERVAL is above " + LONGEST_INTERVAL);
    }
    if (Optional.ofNullable(rule.getUntil()).filter(DateTime::isAllDay).isPresent()) {
      return Optional.of("its UNTIL has no time of day");
    }
    // They make many windows of a day, or days of another calendar. No constant: the library's
    // parts fail to load before its rules do.
    return Stream.of(Part.BYHOUR, Part.BYMINUTE, Part.BYSECOND, Part.RSCALE, Part.SKIP)
        .filter(rule::hasPart)
        .findFirst()
        .map(part ->
            "%s is not read: windows are of days, and start at the start's time".formatted(part));
  }

  private Optional<String> objectionAfter(LocalDateTime start) {
    var end = start.plusYears(YEARS);
    while (hasNext()) {
      if (next().isAfter(end)) {
        return Optional.empty();
      }
    }
    return gaveUp ? Optional.of(NOTHING) : Optional.empty();
  }

  @Override
  public boolean hasNext() {
    return !gaveUp && starts.hasNext();
  }

  /**
   * The library looks for the one after it already, and gives up with an exception when it has
   * passed a thousand candidates in vain. Of a rule that was followed for years, that is the end.
   */
  @Override
  public LocalDateTime next() {
    var next = starts.peekDateTime();
    try {
      starts.nextDateTime();
    } catch (IllegalArgumentException | IllegalStateException _) {
      gaveUp = true;
    }
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
