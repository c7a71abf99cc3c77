package dev.fairway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Seeds;
import dev.fairway.channel.FreezeWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in a policy, it is read or there is something to say: never an exception. */
class ChannelFilesFuzzTest {
  private static final List<String> PARTS =
      List.of(
          "FREQ=YEARLY",
          "FREQ=MONTHLY",
          "FREQ=WEEKLY",
          "FREQ=DAILY",
          "FREQ=SECONDLY",
          "INTERVAL=2",
          "INTERVAL=2147483647",
          "INTERVAL=99999",
          "COUNT=3",
          "COUNT=2147483647",
          "COUNT=-1",
          "UNTIL=20270101T000000Z",
          "UNTIL=20270101",
          "UNTIL=99999999T999999",
          "BYDAY=FR",
          "BYDAY=-1FR,2MO",
          "BYDAY=53SA",
          "BYMONTH=12",
          "BYMONTH=13",
          "BYMONTH=2",
          "BYMONTHDAY=19",
          "BYMONTHDAY=-13,30",
          "BYMONTHDAY=31",
          "BYYEARDAY=353,-1,366",
          "BYWEEKNO=51,53",
          "BYSETPOS=-1",
          "BYSETPOS=366",
          "BYHOUR=0,3",
          "BYMINUTE=0",
          "BYSECOND=0,60",
          "WKST=SU",
          "SKIP=FORWARD",
          "RSCALE=GREGORIAN",
          "RSCALE=JULIAN",
          "=",
          "",
          "X=Y",
          "É=😀");

  @Test
  void noDamageToAPolicyIsABugOfOurs() {
    Seeds.check(
        700,
        random -> {
          var files = Policies.right();
          var names = new ArrayList<>(files.keySet());
          var name = names.get(random.nextInt(names.size()));
          files.computeIfPresent(name, (_, text) -> FleetReaderFuzzTest.damaged(text, random));
          var reading = Policies.reading(files);

          assertThat(reading.outcome().value().isPresent())
              .isNotEqualTo(reading.diagnostics().hasErrors());
          assertThat(Policies.rendered(reading.diagnostics(), files)).doesNotContain("Exception");
        });
  }

  /** A rule that was let pass can be followed, and in no time, wherever one looks. */
  @Test
  @Timeout(60)
  void whatRuleEverIsRefusedOrFollowed() {
    Seeds.check(
        700,
        random -> {
          var files =
              Policies.edited("stable", "rule: FREQ=YEARLY", "rule: \"" + rule(random) + '"');
          var reading = Policies.reading(files);

          assertThat(Policies.rendered(reading.diagnostics(), files)).doesNotContain("Exception");
          reading
              .outcome()
              .value()
              .flatMap(policies -> policies.find("stable"))
              .ifPresent(stable -> {
                for (var year = 2020; year <= 2090; year += 11) {
                  var time = Instant.parse(year + "-12-24T12:00:00Z");
                  var window = FreezeWindows.at(stable.freezes(), time);
                  assertThat(FreezeWindows.earliestAfter(stable.freezes(), time).isAfter(time))
                      .isEqualTo(window.isPresent());
                }
              });
        });
  }

  private static String rule(Random random) {
    var parts = new ArrayList<String>();
    parts.add(PARTS.get(random.nextInt(random.nextInt(10) == 0 ? PARTS.size() : 4)));
    for (var more = random.nextInt(4); more > 0; more--) {
      parts.add(PARTS.get(random.nextInt(PARTS.size())));
    }
    return String.join(";", parts);
  }
}
