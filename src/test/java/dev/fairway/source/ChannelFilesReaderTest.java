package dev.fairway.source;

import static dev.fairway.source.Policies.edited;
import static dev.fairway.source.Policies.reading;
import static dev.fairway.source.Policies.right;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Snapshots;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Renderer;
import dev.fairway.diagnostic.Report;
import dev.fairway.diagnostic.SourceLines;
import dev.fairway.model.Channel;
import dev.fairway.model.Environment;
import dev.fairway.model.Gates;
import dev.fairway.model.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ChannelFilesReaderTest {
  @TempDir private Path folder;

  /** A mistake: its name, and the files with it. */
  private record Mistake(String name, Map<String, String> files) {}

  private static Mistake dev(String name, String line, String replacement) {
    return new Mistake(name, edited("dev", line, replacement));
  }

  private static Mistake alpha(String name, String line, String replacement) {
    return new Mistake(name, edited("alpha", line, replacement));
  }

  private static Mistake stable(String name, String line, String replacement) {
    return new Mistake(name, edited("stable", line, replacement));
  }

  private static Mistake trust(String name, String line, String replacement) {
    return new Mistake(name, edited("trust", line, replacement));
  }

  private static Mistake without(String name, String file) {
    var files = right();
    files.remove(file);
    return new Mistake(name, files);
  }

  private static Stream<Mistake> mistakesOfAChannel() {
    return Stream.of(
        dev("unknown-key", "gates:", "gate:"),
        dev("file-name", "name: dev", "name: develop"),
        dev("soak-without-upstream", "gates:", "gates:\n  soak: 1h\n  upstream_health: 5m"),
        dev("built-in-kind", "conformance]", "approval]"),
        dev("malformed-kind", "conformance]", "Conformance Tests]"),
        dev("no-kind", "[load-test, conformance]", "[]"),
        alpha("malformed-duration", "soak: 24h", "soak: 1 day"),
        alpha("duration-without-unit", "soak: 24h", "soak: 24"),
        alpha("duration-of-nothing", "soak: 24h", "soak: 0h"),
        alpha("taken-branch", "branch: alpha-releases", "branch: evidence"),
        alpha("slash-in-branch", "branch: alpha-releases", "branch: releases/alpha"),
        alpha("half-a-budget", "    replaced: 5\n", ""),
        alpha("negative-budget", "deleted: 20", "deleted: -1"),
        alpha("own-upstream", "upstream: dev", "upstream: alpha"),
        stable("no-approvals", "count: 2", "count: 0"));
  }

  private static Stream<Mistake> mistakesOfWaves() {
    return Stream.of(
        alpha("wave-twice", "name: others", "name: early"),
        alpha("wave-of-no-flight", "max_in_flight: 5", "max_in_flight: 0"),
        alpha("flag-in-quotes", "stop_on_failure: false", "stop_on_failure: \"false\""),
        alpha("unknown-environment", "[test, e2e]", "[test, prod]"),
        alpha("unknown-region", "[eu-central-1]", "[eu-centrall-1]"),
        alpha("malformed-region", "[eu-central-1]", "[Frankfurt]"),
        alpha("unknown-level", "[3, 2]", "[3, 4]"),
        alpha(
            "wave-after-all",
            "    clusters:\n",
            "    max_in_flight: 2\n  - name: late\n    clusters:\n"),
        alpha(
            "wave-within-another",
            "  - name: others\n",
            "  - name: pets\n    clusters: {aliases: [pets], environments: [test],"
                + " regions: [eu-central-1], criticality_levels: [2]}\n    max_in_flight: 1\n"
                + "  - name: others\n"));
  }

  private static Stream<Mistake> mistakesOfFreezes() {
    return Stream.of(
        stable("unknown-time-zone", "Europe/Berlin", "Europe/Berlim"),
        stable("offset-for-time-zone", "Europe/Berlin", "+01:00"),
        stable("start-with-offset", "2026-06-01T12:30", "2026-06-01T12:30Z"),
        stable("start-on-no-day", "2026-06-01T12:30", "2026-06-31T12:30"),
        stable("freeze-without-reason", "reason: once", "reason: \"\""),
        stable("rule-without-frequency", "rule: FREQ=YEARLY", "rule: BYDAY=FR"),
        stable("rule-of-no-grammar", "rule: FREQ=YEARLY", "rule: every Friday"),
        stable("rule-of-two-hours", "FREQ=YEARLY", "FREQ=DAILY;BYHOUR=0,12"),
        stable("rule-of-ages", "FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=2147483647"),
        stable("rule-in-another-order", "FREQ=YEARLY", "BYMONTH=12;FREQ=YEARLY"),
        stable("rule-by-the-hour", "rule: FREQ=YEARLY", "rule: FREQ=HOURLY"),
        stable("rule-that-start-is-not-of", "rule: FREQ=YEARLY", "rule: FREQ=WEEKLY;BYDAY=MO"),
        stable("rule-of-no-day", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        stable("rule-until-a-day", "FREQ=YEARLY", "FREQ=YEARLY;UNTIL=20300101"),
        stable("rule-with-prefix", "rule: FREQ=YEARLY", "rule: RRULE:FREQ=YEARLY"));
  }

  private static Stream<Mistake> mistakesOfTrust() {
    return Stream.of(
        trust(
            "key-of-another-type", "pipeline\n    key: ssh-ed25519", "pipeline\n    key: ssh-rsa"),
        trust(
            "key-cut-short",
            "ada\n    key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
            "ada\n    key: ssh-ed25519 AAAAI"),
        trust("key-with-comment", "\n    promotes:", " pipeline@example\n    promotes:"),
        trust("owner-with-space", "owner: ada", "owner: Ada Lovelace"),
        trust("unknown-promotes", "promotes: [dev,", "promotes: [deb,"),
        trust("unknown-override", "[soak, upstream-health]", "[soak, upstream_health]"),
        trust("override-of-linking", "[soak, upstream-health]", "[link]"),
        trust("misplaced-approval", "[acknowledgement]", "[acknowledgement, approval]"),
        trust("misplaced-override", "[acknowledgement]", "[override]"),
        trust("misplaced-promotion", "[acknowledgement]", "[promotion]"),
        trust("until-before-from", "until: 2027-", "until: 2025-"),
        trust(
            "from-without-time",
            "from: 2026-01-01T00:00:00Z\n    until",
            "from: 2026-01-01\n    until"),
        new Mistake(
            "key-twice",
            edited(
                "trust",
                "keys:\n",
                "keys:\n" + Policies.TRUST.substring(Policies.TRUST.indexOf("  - owner: grace")))),
        trust(
            "useless-key",
            "    promotes: [dev, alpha, stable]\n    attests: [conformance, load-test, health]\n",
            ""));
  }

  private static Stream<Mistake> mistakesBetweenFiles() {
    return Stream.of(
        alpha("unknown-upstream", "upstream: dev", "upstream: deb"),
        alpha(
            "two-first-channels",
            "upstream: dev\ngates:\n  soak: 24h\n  upstream_health: 30m",
            "gates:"),
        alpha("duplicate-branch", "branch: alpha-releases", "branch: stable"),
        dev("upstream-cycle", "name: dev", "name: dev\nupstream: stable"),
        dev("kind-that-no-key-attests", "conformance]", "conformence]"),
        trust("health-that-no-key-attests", ", health]", "]"),
        stable("group-that-no-key-has", "group: platform", "group: plattform"),
        stable("too-few-owners", "count: 2", "count: 3"),
        trust("one-owner-is-one-voice", "owner: grace@example.org", "owner: ada"),
        trust("channel-that-no-key-promotes", "[dev, alpha, stable]", "[dev, stable]"),
        without("no-trust", "channels/trust.yaml"),
        new Mistake("no-channels", Map.of("channels/trust.yaml", Policies.TRUST)));
  }

  @TestFactory
  Stream<DynamicTest> aMistakeIsSaidWhereItStands() {
    return Stream.of(
            mistakesOfAChannel(),
            mistakesOfWaves(),
            mistakesOfFreezes(),
            mistakesOfTrust(),
            mistakesBetweenFiles())
        .flatMap(mistakes -> mistakes)
        .map(mistake -> DynamicTest.dynamicTest(mistake.name(), () -> assertSaid(mistake)));
  }

  private static void assertSaid(Mistake mistake) {
    var diagnostics = reading(mistake.files()).diagnostics();

    assertThat(diagnostics.all()).isNotEmpty();
    Snapshots.assertMatches(
        "diagnostic",
        "channel/" + mistake.name() + ".txt",
        Policies.rendered(diagnostics, mistake.files()));
  }

  @Test
  void channelsComeFromTheFirstToTheLast() {
    var policies = reading(right()).outcome().value().orElseThrow();

    assertThat(policies.channels())
        .extracting(Channel::name)
        .containsExactly("dev", "alpha", "stable");
    assertThat(policies.channels())
        .extracting(Channel::branch)
        .containsExactly("dev", "alpha-releases", "stable");
    assertThat(policies.first().gates())
        .isEqualTo(
            new Gates(
                List.of("conformance", "load-test"),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void gatesFreezesAndWavesAreReadToTheLastKey() {
    var policies = reading(right()).outcome().value().orElseThrow();

    var alpha = policies.find("alpha").orElseThrow();
    assertThat(alpha.gates().soak()).isEqualTo(Duration.ofHours(24));
    assertThat(alpha.gates().upstreamHealth()).contains(Duration.ofMinutes(30));
    assertThat(alpha.gates().budget()).contains(new Gates.ChangeBudget(20, 5));
    var early = alpha.waves().getFirst();
    assertThat(early.pause()).isEqualTo(Duration.ofMinutes(30));
    assertThat(early.maxInFlight()).isEqualTo(1);
    assertThat(early.stopOnFailure()).isFalse();
    assertThat(early.clusters().aliases()).containsExactly("pets");
    assertThat(early.clusters().environments()).containsExactly(Environment.TEST, Environment.E2E);
    assertThat(early.clusters().regions()).containsExactly("eu-central-1");
    assertThat(early.clusters().criticalities()).containsExactly(2, 3);
    var others = alpha.waves().getLast();
    assertThat(others.stopOnFailure()).isTrue();
    assertThat(others.pause()).isZero();
    assertThat(others.clusters().aliases()).isEmpty();

    var stable = policies.find("stable").orElseThrow();
    assertThat(stable.gates().approvals()).contains(new Gates.Approvals(2, "platform"));
    var freeze = stable.freezes().getFirst();
    assertThat(freeze.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(freeze.start()).isEqualTo(LocalDateTime.parse("2026-12-19T00:00"));
    assertThat(freeze.duration()).isEqualTo(Duration.ofDays(16));
    assertThat(freeze.rule()).contains("FREQ=YEARLY");
    assertThat(stable.freezes().getLast().rule()).isEmpty();
  }

  @Test
  void keysAreReadWithTheirRightsAndTheirTime() {
    var keys = reading(right()).outcome().value().orElseThrow().trust().keys();

    assertThat(keys)
        .extracting(TrustedKey::owner)
        .containsExactly("pipeline", "ada", "grace@example.org");
    var ada = keys.get(1);
    assertThat(ada.overrides()).containsExactly("soak", "upstream-health");
    assertThat(ada.attests()).containsExactly("acknowledgement");
    assertThat(ada.promotes()).isEmpty();
    assertThat(ada.from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(ada.until()).contains(Instant.parse("2027-01-01T00:00:00Z"));
  }

  /** A Git tree is handed over in its own order, with what else stands in the folder. */
  @Test
  void theOrderOfFilesAndWhatIsNoYamlMeanNothing() {
    var more = right();
    more.put("channels/README.md", "# Not a policy");
    var turned = new LinkedHashMap<String, String>();
    right()
        .sequencedEntrySet()
        .reversed()
        .forEach(file -> turned.put(file.getKey(), file.getValue()));

    assertThat(reading(more).outcome()).isEqualTo(reading(right()).outcome());
    assertThat(reading(turned).outcome()).isEqualTo(reading(right()).outcome());
  }

  @Test
  void twoChannelsMayBeGivenTheSameUpstream() {
    var files = right();
    files.put("channels/beta.yaml", "name: beta\nupstream: dev\n");
    files.computeIfPresent(
        "channels/trust.yaml", (_, text) -> text.replace("[dev, alpha,", "[dev, alpha, beta,"));

    assertThat(reading(files).outcome().value().orElseThrow().channels())
        .extracting(Channel::name)
        .containsExactly("dev", "alpha", "beta", "stable");
  }

  /** A promotion from a channel {@code main} would say that it was compiled from main. */
  @Test
  void aNameThatFairwayUsesItselfIsRefusedWhateverTheBranch() {
    for (var name : List.of("main", "evidence", "publish", "promote")) {
      var files = right();
      files.put(
          "channels/" + name + ".yaml", "name: %s\nbranch: other\nupstream: dev\n".formatted(name));
      files.computeIfPresent(
          "channels/trust.yaml",
          (_, text) -> text.replace("[dev, alpha,", "[dev, alpha, %s,".formatted(name)));

      assertThat(reading(files).diagnostics().all())
          .extracting(Diagnostic::code)
          .containsExactly(Code.TAKEN_BRANCH);
    }
  }

  @Test
  void untilMayBeInUtcOrByTheWallClock() {
    for (var until : List.of("20301231T230000Z", "20301231T230000")) {
      var files = edited("stable", "FREQ=YEARLY", "FREQ=YEARLY;UNTIL=" + until);
      assertThat(reading(files).diagnostics()).isEqualTo(Diagnostics.NONE);
    }
  }

  @Test
  void mistakesOfAllFilesAreSaidInOneRun() {
    var files = edited("dev", "name: dev", "name: dev\ncolour: red");
    files.put("channels/alpha.yaml", "name: [");
    files.put("channels/trust.yaml", Policies.TRUST.replace("owner: ada", "ownr: ada"));

    assertThat(reading(files).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.YAML_SYNTAX, Code.UNKNOWN_KEY, Code.UNKNOWN_KEY);
  }

  @Test
  void theFolderOfThisRepositoryIsRight() {
    var outcome = ChannelFilesReader.read(Path.of("channels"));

    assertThat(outcome.diagnostics()).isEqualTo(Diagnostics.NONE);
    assertThat(outcome.value().orElseThrow().channels())
        .extracting(Channel::name)
        .containsExactly("dev", "alpha", "stable");
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    Files.createDirectory(folder.resolve("dev.yaml"));
    Files.writeString(folder.resolve("alpha.yml"), Policies.ALPHA);
    Files.writeString(folder.resolve("README.md"), "not a policy");

    Snapshots.assertMatches("diagnostic", "channel/files.txt", rendered(folder));
  }

  @Test
  void aFolderWithoutAPolicyAndNoFolderAreSaid() {
    Snapshots.assertMatches("diagnostic", "channel/empty-folder.txt", rendered(folder));
    Snapshots.assertMatches(
        "diagnostic", "channel/no-folder.txt", rendered(folder.resolve("nowhere")));
  }

  @Test
  void theFilesNamesAreTheChannels() throws IOException {
    Files.writeString(folder.resolve("stable.yaml"), "not looked into");
    Files.writeString(folder.resolve("dev.yaml"), "");
    Files.writeString(folder.resolve("trust.yaml"), "");
    Files.writeString(folder.resolve(".beta.yaml"), "");
    Files.writeString(folder.resolve("README.md"), "");

    assertThat(ChannelFilesReader.names(folder)).containsExactly("dev", "stable");
    assertThat(ChannelFilesReader.names(folder.resolve("nowhere"))).isEmpty();
  }

  private static String rendered(Path path) {
    return Renderer.TEXT
        .render(Report.of(ChannelFilesReader.read(path).diagnostics(), SourceLines.onDisk()))
        .replace(path.toString(), "channels");
  }
}
