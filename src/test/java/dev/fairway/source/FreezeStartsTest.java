package dev.fairway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Freeze;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeStartsTest {
  /** A Friday. */
  private static final LocalDateTime START = LocalDateTime.parse("2026-01-30T02:30");

  private static final int DAYS = 1500;

  private static Freeze freeze(Optional<String> rule) {
    return new Freeze("why not", ZoneId.of("Europe/Berlin"), START, Duration.ofHours(1), rule);
  }

  private static List<LocalDateTime> starts(Freeze freeze, LocalDateTime earliest) {
    var starts = new ArrayList<LocalDateTime>();
    var all = FreezeStarts.of(freeze, earliest);
    while (all.hasNext()) {
      var start = all.next();
      if (start.isAfter(START.plusDays(DAYS))) {
        break;
      }
      starts.add(start);
    }
    return starts;
  }

  /** Where it sets in is a matter of time only: counts count from the first, weeks from theirs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;COUNT=100",
        "FREQ=DAILY;UNTIL=20270329T003000Z",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
        "FREQ=WEEKLY;BYDAY=FR;COUNT=40",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=1,7;BYDAY=-1FR",
        "FREQ=YEARLY"
      })
  void settingInLaterSkipsWhatWasBeforeAndNoMore(String rule) {
    var freeze = freeze(Optional.of(rule));
    assertThat(FreezeStarts.objection(rule, freeze.zone(), START)).isEmpty();
    var all = starts(freeze, START);
    assertThat(all).hasSizeGreaterThan(4).startsWith(START);

    for (var days = 1; days < DAYS; days += 13) {
      var earliest = START.plusDays(days).plusMinutes(days % 3 - 1);
      assertThat(starts(freeze, earliest))
          .as("from %s", earliest)
          .isEqualTo(all.stream().filter(start -> !start.isBefore(earliest)).toList());
    }
  }

  @Test
  void withoutARuleThereIsOne() {
    assertThat(starts(freeze(Optional.empty()), START)).containsExactly(START);
    assertThat(starts(freeze(Optional.empty()), START.plusMinutes(1))).isEmpty();
  }
}
