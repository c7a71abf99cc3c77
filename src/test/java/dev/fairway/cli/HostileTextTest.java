package dev.fairway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.Act;
import dev.fairway.channel.ActReport;
import dev.fairway.channel.ChannelStanding;
import dev.fairway.channel.Evidence;
import dev.fairway.channel.EvidenceActs;
import dev.fairway.channel.EvidencePath;
import dev.fairway.channel.EvidenceReport;
import dev.fairway.channel.GateResult;
import dev.fairway.channel.HistoryEntry;
import dev.fairway.channel.Statement;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.Gate;
import dev.fairway.model.Gates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What evidence, commits and records say reaches a terminal as text on its line. */
class HostileTextTest {
  private static final Pattern OBEYED =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n]]");

  private static final Digest RELEASE = Digest.of("release".getBytes(UTF_8));

  private static ActReport report(String text) {
    var gates =
        List.of(
            gate(text, GateResult.State.UNMET),
            gate(text, GateResult.State.MET),
            gate(text, GateResult.State.OVERRIDDEN));
    return new ActReport(
        Act.PROMOTE,
        new Channel("alpha", "alpha", Optional.empty(), Gates.NONE, List.of(), List.of()),
        ActReport.State.WAITING,
        false,
        RELEASE,
        Optional.of(RELEASE),
        gates,
        Optional.empty(),
        Optional.of("promote/alpha/1"),
        Optional.empty());
  }

  private static GateResult gate(String text, GateResult.State state) {
    return new GateResult(
        Gate.UPSTREAM_HEALTH, text, state, text, Optional.of(Instant.EPOCH), List.of());
  }

  private static HistoryEntry entry(String text) {
    return new HistoryEntry(
        "alpha",
        "c".repeat(40),
        Act.PROMOTE,
        RELEASE,
        Instant.EPOCH,
        text,
        "d".repeat(40),
        text,
        List.of(text),
        List.of(text),
        1,
        true);
  }

  private static List<ChannelStanding> standings(String text) {
    return List.of(
        standing(text, Optional.of(report(text)), Optional.empty()),
        standing(text, Optional.empty(), Optional.of(text)));
  }

  private static ChannelStanding standing(
      String text, Optional<ActReport> next, Optional<String> problem) {
    return new ChannelStanding(
        "alpha",
        Optional.of(entry(text)),
        Optional.of(Duration.ZERO),
        Optional.of(Duration.ZERO),
        List.of(text),
        next,
        problem);
  }

  private static EvidencePath path() {
    return EvidencePath.parse(
            "alpha/%s/%s.conformance.%s.json"
                .formatted(RELEASE.hex().substring(0, 2), RELEASE.hex(), RELEASE.hex()))
        .orElseThrow();
  }

  private static EvidenceReport added(String text) {
    var statement =
        new Statement(
            "alpha",
            RELEASE,
            "conformance",
            Optional.empty(),
            Instant.EPOCH,
            Statement.Result.passed,
            JsonNodeFactory.instance.objectNode());
    return new EvidenceReport(path(), statement, text, EvidenceActs.State.ADDED, false);
  }

  private static String shown(String text) {
    var written = new StringWriter();
    var out = new PrintWriter(written);
    ActText.show(report(text), Optional.empty(), out);
    out.print(ActText.markdown(report(text)));
    out.println(String.join("\n", ActText.unmet(report(text))));
    out.println(StandingText.line(entry(text)));
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("a", "b", "c", "d", "e", "f", "g"));
    standings(text).forEach(standing -> rows.add(StandingText.row(standing)));
    new Table(rows).print(out);
    EvidenceText.show(
        List.of(new Evidence.Rejected(path(), Optional.empty(), text, List.of(text))), out);
    EvidenceText.show(added(text), out);
    out.flush();
    return written.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u001b[2Jb",
        "a\n::error::made up",
        "a\r\n::error::made up",
        "a\u0085::error::made up",
        "a\u202egpj.exe",
        "a\u2066b",
        "a\u200bb",
        "a\u2028::error::made up",
        "a\ud83db"
      })
  void nothingIsObeyed(String text) {
    var shown = shown(text);

    assertThat(OBEYED.matcher(shown).find()).as(shown).isFalse();
    assertThat(shown.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
    assertThat(shown).contains("\\u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@all", "<img src=x>", "a | b", "[x](y)"})
  void aPullRequestHoldsNoMarkupAndMentionsNobody(String text) {
    assertThat(ActText.markdown(report(text)))
        .doesNotContain("@all", " | b", "[x](")
        .doesNotContainPattern("(?<!\\\\)<img");
  }
}
