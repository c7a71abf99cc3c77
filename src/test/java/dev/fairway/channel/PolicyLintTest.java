package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Snapshots;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.source.Policies;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PolicyLintTest {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  /** What is odd: its name, the files with it, and when it is looked at. */
  private record Oddity(String name, Map<String, String> files, Instant now) {
    Oddity with(String line, String replacement) {
      var more = new LinkedHashMap<>(files);
      more.replaceAll((_, text) -> text.replace(line, replacement));
      return new Oddity(name, more, now);
    }
  }

  private static Oddity alpha(String name, String line, String replacement) {
    return new Oddity(name, Policies.edited("alpha", line, replacement), NOW);
  }

  private static Oddity stable(String name, String line, String replacement) {
    return new Oddity(name, Policies.edited("stable", line, replacement), NOW);
  }

  @Test
  void nothingIsOddInTheRightOnes() {
    assertThat(lint(Policies.right(), NOW)).isEqualTo(Diagnostics.NONE);
  }

  @TestFactory
  Stream<DynamicTest> whatIsOddIsSaidWhereItStands() {
    return Stream.of(
            stable("freeze-of-every-day", "rule: FREQ=YEARLY", "rule: FREQ=DAILY"),
            stable("freeze-of-years", "duration: 90m", "duration: 4000d"),
            alpha("cluster-in-no-wave", "  - name: others\n    max_in_flight: 5\n", "")
                .with("aliases: [pets]", "aliases: [vets]"),
            alpha("wave-of-a-strange-cluster", "aliases: [pets]", "aliases: [pets, pest]"),
            new Oddity("key-that-ended", Policies.right(), Instant.parse("2027-01-01T00:00:00Z")),
            new Oddity("owners-alike", Policies.right(), NOW)
                .with("owner: grace@example.org", "owner: Ada"),
            new Oddity("keys-to-come", Policies.right(), Instant.parse("2025-12-31T23:59:59Z")))
        .map(oddity -> DynamicTest.dynamicTest(oddity.name(), () -> assertSaid(oddity)));
  }

  private static void assertSaid(Oddity oddity) {
    var diagnostics = lint(oddity.files(), oddity.now());
    var files = new LinkedHashMap<>(oddity.files());
    files.putAll(Policies.clusters());

    assertThat(diagnostics.all()).isNotEmpty();
    Snapshots.assertMatches(
        "diagnostic",
        "channel/lint-" + oddity.name() + ".txt",
        Policies.rendered(diagnostics, files));
  }

  private static Diagnostics lint(Map<String, String> files, Instant now) {
    var reading = Policies.reading(files);
    assertThat(reading.diagnostics()).as("what reading says").isEqualTo(Diagnostics.NONE);
    return PolicyLint.of(reading, Policies.fleet(), now);
  }
}
