package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Seeds;
import dev.fairway.channel.FreezeWindows.Window;
import dev.fairway.model.Freeze;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FreezeWindowsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Freeze freeze(String start, Duration duration, String rule) {
    return new Freeze("why not", BERLIN, LocalDateTime.parse(start), duration, Optional.of(rule));
  }

  private static Freeze once(String start, Duration duration) {
    return new Freeze("why not", BERLIN, LocalDateTime.parse(start), duration, Optional.empty());
  }

  private static Instant berlin(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  private static Window window(Freeze freeze, String time) {
    return FreezeWindows.at(List.of(freeze), Instant.parse(time)).orElseThrow();
  }

  @Test
  void aWindowHoldsItsStartAndNotItsEnd() {
    var freeze = List.of(once("2026-06-01T12:00", Duration.ofHours(2)));

    assertThat(FreezeWindows.at(freeze, Instant.parse("2026-06-01T09:59:59Z"))).isEmpty();
    assertThat(FreezeWindows.at(freeze, Instant.parse("2026-06-01T10:00:00Z")))
        .contains(
            new Window(
                freeze.getFirst(),
                Instant.parse("2026-06-01T10:00:00Z"),
                Instant.parse("2026-06-01T12:00:00Z")));
    assertThat(FreezeWindows.at(freeze, Instant.parse("2026-06-01T11:59:59Z"))).isPresent();
    assertThat(FreezeWindows.at(freeze, Instant.parse("2026-06-01T12:00:00Z"))).isEmpty();
  }

  @Test
  void nothingIsFrozenWithoutAFreeze() {
    var time = Instant.parse("2026-06-01T10:00:00Z");

    assertThat(FreezeWindows.at(List.of(), time)).isEmpty();
    assertThat(FreezeWindows.earliestAfter(List.of(), time)).isEqualTo(time);
  }

  /** In 2026 clocks go forward on March 29 and back on October 25, each on a Sunday. */
  @Test
  void aWeekendEndsWithItsSundayWhateverClocksDo() {
    var weekend = freeze("2026-01-02T14:00", Duration.ofHours(58), "FREQ=WEEKLY;BYDAY=FR");

    var spring = window(weekend, "2026-03-29T12:00:00Z");
    assertThat(spring.start()).isEqualTo(Instant.parse("2026-03-27T13:00:00Z"));
    assertThat(spring.end()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
    assertThat(Duration.between(spring.start(), spring.end())).hasHours(57);

    var autumn = window(weekend, "2026-10-25T12:00:00Z");
    assertThat(autumn.start()).isEqualTo(Instant.parse("2026-10-23T12:00:00Z"));
    assertThat(autumn.end()).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
    assertThat(Duration.between(autumn.start(), autumn.end())).hasHours(59);
  }

  @Test
  void wholeDaysAreDaysOfTheCalendar() {
    var days = once("2026-03-28T00:00", Duration.ofDays(2));

    assertThat(window(days, "2026-03-29T12:00:00Z").end()).isEqualTo(berlin("2026-03-30T00:00"));
  }

  @Test
  void anHourThatIsSkippedIsNotFrozen() {
    var skipped = freeze("2026-03-27T02:15", Duration.ofMinutes(30), "FREQ=DAILY");

    assertThat(FreezeWindows.at(List.of(skipped), Instant.parse("2026-03-28T01:30:00Z")))
        .isPresent();
    assertThat(FreezeWindows.at(List.of(skipped), Instant.parse("2026-03-29T00:59:59Z"))).isEmpty();
    assertThat(FreezeWindows.at(List.of(skipped), Instant.parse("2026-03-29T01:00:00Z"))).isEmpty();
    assertThat(FreezeWindows.at(List.of(skipped), Instant.parse("2026-03-29T01:30:00Z"))).isEmpty();
  }

  @Test
  void whatStartsOrEndsInASkippedHourDoesSoWhenClocksChange() {
    var into = once("2026-03-29T01:30", Duration.ofHours(1));
    assertThat(window(into, "2026-03-29T00:45:00Z").end())
        .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));

    var out = once("2026-03-29T02:30", Duration.ofHours(1));
    assertThat(window(out, "2026-03-29T01:15:00Z"))
        .isEqualTo(
            new Window(
                out, Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-03-29T01:30:00Z")));
  }

  @Test
  void anHourThatComesTwiceIsFrozenBothTimes() {
    var twice = once("2026-10-25T02:00", Duration.ofMinutes(30));
    assertThat(window(twice, "2026-10-25T00:10:00Z"))
        .isEqualTo(
            new Window(
                twice,
                Instant.parse("2026-10-25T00:00:00Z"),
                Instant.parse("2026-10-25T01:30:00Z")));
  }

  @Test
  void whatEndsWhenTheDoubledHourBeginsEndsTheFirstTime() {
    var before = once("2026-10-25T01:00", Duration.ofHours(1));

    assertThat(window(before, "2026-10-24T23:30:00Z").end())
        .isEqualTo(Instant.parse("2026-10-25T00:00:00Z"));
  }

  @Test
  void aYearsEndIsOfBothYears() {
    var yearsEnd = freeze("2026-12-19T00:00", Duration.ofDays(16), "FREQ=YEARLY");

    assertThat(window(yearsEnd, "2028-12-31T23:30:00Z").start())
        .isEqualTo(berlin("2028-12-19T00:00"));
    assertThat(window(yearsEnd, "2029-01-02T00:00:00Z").end())
        .isEqualTo(berlin("2029-01-04T00:00"));
    assertThat(FreezeWindows.at(List.of(yearsEnd), Instant.parse("2026-01-02T00:00:00Z")))
        .as("before its first time")
        .isEmpty();
  }

  @Test
  void aRuleEndsWithItsCountOrUntil() {
    var counted = freeze("2026-06-01T00:00", Duration.ofHours(1), "FREQ=DAILY;COUNT=2");
    var until =
        freeze("2026-06-01T00:00", Duration.ofHours(1), "FREQ=DAILY;UNTIL=20260601T220000Z");

    for (var freeze : List.of(counted, until)) {
      assertThat(FreezeWindows.at(List.of(freeze), berlin("2026-06-02T00:30"))).isPresent();
      assertThat(FreezeWindows.at(List.of(freeze), berlin("2026-06-03T00:30"))).isEmpty();
    }
  }

  @Test
  void ofTwoWindowsTheOneThatEndsLastIsSaid() {
    var brief = once("2026-06-01T12:00", Duration.ofHours(2));
    var long1 = once("2026-06-01T13:00", Duration.ofHours(5));

    assertThat(FreezeWindows.at(List.of(long1, brief), berlin("2026-06-01T13:30")))
        .map(Window::freeze)
        .contains(long1);
  }

  @Test
  void windowsThatFollowEachOtherAreWaitedForTogether() {
    var weekend = freeze("2026-01-02T14:00", Duration.ofHours(58), "FREQ=WEEKLY;BYDAY=FR");
    var monday = freeze("2026-01-05T00:00", Duration.ofHours(8), "FREQ=WEEKLY;BYDAY=MO");
    var later = once("2026-06-01T07:30", Duration.ofHours(2));
    var apart = once("2026-06-01T09:31", Duration.ofHours(2));
    var freezes = List.of(apart, later, monday, weekend);

    assertThat(FreezeWindows.earliestAfter(freezes, berlin("2026-05-30T10:00")))
        .isEqualTo(berlin("2026-06-01T09:30"));
  }

  @Test
  void windowsOfOneFreezeMayOverlapEachOther() {
    var overlapping = freeze("2026-06-01T00:00", Duration.ofHours(60), "FREQ=DAILY;COUNT=3");

    assertThat(FreezeWindows.earliestAfter(List.of(overlapping), berlin("2026-06-01T10:00")))
        .isEqualTo(berlin("2026-06-05T12:00"));
  }

  @Test
  void whatNeverEndsIsLookedThroughForFiveYears() {
    var days = freeze("2026-06-01T00:00", Duration.ofDays(1), "FREQ=DAILY");
    var almost = freeze("2026-06-01T00:00", Duration.ofMinutes(1439), "FREQ=DAILY");
    var time = Instant.parse("2026-06-01T10:00:00Z");

    assertThat(FreezeWindows.earliestAfter(List.of(days), time))
        .isEqualTo(Instant.parse("2031-06-01T10:00:00Z"));
    assertThat(FreezeWindows.isEndless(List.of(days), days)).isTrue();
    assertThat(FreezeWindows.earliestAfter(List.of(almost), time))
        .isEqualTo(berlin("2026-06-01T23:59"));
    assertThat(FreezeWindows.isEndless(List.of(almost), almost)).isFalse();
  }

  @Test
  void twoThatLeaveNoTimeBetweenThemAreEndlessTogether() {
    var week = freeze("2026-01-05T00:00", Duration.ofDays(4), "FREQ=WEEKLY;BYDAY=MO");
    var weekend = freeze("2026-01-02T00:00", Duration.ofDays(3), "FREQ=WEEKLY;BYDAY=FR");

    assertThat(FreezeWindows.isEndless(List.of(week, weekend), week)).isTrue();
    assertThat(FreezeWindows.isEndless(List.of(week), week)).isFalse();
  }

  private static final LocalDate SPRING = LocalDate.parse("2026-03-29");
  private static final LocalDate AUTUMN = LocalDate.parse("2026-10-25");

  /** A rule, and the same in Java: the days that it names, counted from the start's. */
  private record Naming(String rule, Period step, Predicate<LocalDate> named) {}

  private static final List<Naming> RULES =
      List.of(
          new Naming("FREQ=DAILY", Period.ofDays(1), _ -> true),
          new Naming("FREQ=DAILY;INTERVAL=2", Period.ofDays(2), _ -> true),
          new Naming(
              "FREQ=WEEKLY;BYDAY=FR,SA,SU",
              Period.ofDays(1),
              day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) >= 0));

  /** The clock's change is in the middle of the days that are looked at. */
  @Test
  void isWhatAClockOnTheWallSaysMinuteByMinute() {
    Seeds.check(
        25,
        random -> {
          var middle = random.nextBoolean() ? SPRING : AUTUMN;
          var naming = RULES.get(random.nextInt(RULES.size()));
          var freezes = new ArrayList<Freeze>();
          var frozen = new boolean[minutes(middle)];
          for (var i = 0; i <= random.nextInt(2); i++) {
            freezes.add(random(random, middle, naming));
            mark(frozen, middle, freezes.getLast(), naming);
          }
          assertAgree(frozen, middle, freezes);
        });
  }

  private static Freeze random(Random random, LocalDate middle, Naming naming) {
    var day = middle.minusDays(3 + random.nextInt(8));
    while (!naming.named().test(day)) {
      day = day.plusDays(1);
    }
    var start = day.atTime(random.nextInt(4), 15 * random.nextInt(4));
    var duration = Duration.ofMinutes(15L * (1 + random.nextInt(random.nextBoolean() ? 8 : 120)));
    return new Freeze("chance", BERLIN, start, duration, Optional.of(naming.rule()));
  }

  private static Instant first(LocalDate middle) {
    return middle.minusDays(2).atStartOfDay(BERLIN).toInstant();
  }

  private static int minutes(LocalDate middle) {
    var end = middle.plusDays(2).atStartOfDay(BERLIN).toInstant();
    return (int) Duration.between(first(middle), end).toMinutes();
  }

  /**
   * From the first minute at which the clock shows the start or more to the last before the end.
   */
  private static void mark(boolean[] frozen, LocalDate middle, Freeze freeze, Naming naming) {
    for (var day = freeze.start().toLocalDate();
        day.isBefore(middle.plusDays(3));
        day = day.plus(naming.step())) {
      if (naming.named().test(day)) {
        var start = day.atTime(freeze.start().toLocalTime());
        var end = start.plus(freeze.duration());
        var from = frozen.length;
        var to = -1;
        for (var minute = frozen.length - 1; minute >= 0; minute--) {
          var wall =
              LocalDateTime.ofInstant(first(middle).plus(MINUTE.multipliedBy(minute)), BERLIN);
          from = wall.isBefore(start) ? from : minute;
          to = to < 0 && wall.isBefore(end) ? minute : to;
        }
        for (var minute = from; minute <= to; minute++) {
          frozen[minute] = true;
        }
      }
    }
  }

  private static void assertAgree(boolean[] frozen, LocalDate middle, List<Freeze> freezes) {
    var free = Optional.<Instant>empty();
    for (var minute = frozen.length - 1; minute >= 0; minute--) {
      var time = first(middle).plus(MINUTE.multipliedBy(minute));
      assertThat(FreezeWindows.at(freezes, time).isPresent())
          .as("%s with %s", time, freezes)
          .isEqualTo(frozen[minute]);
      free = frozen[minute] ? free : Optional.of(time);
      free.ifPresent(expected ->
          assertThat(FreezeWindows.earliestAfter(freezes, time))
              .as("after %s with %s", time, freezes)
              .isEqualTo(expected));
    }
  }
}
