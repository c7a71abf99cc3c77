package dev.fairway.diff.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diff.Act;
import dev.fairway.diff.Area;
import dev.fairway.diff.Budget;
import dev.fairway.diff.Difference;
import dev.fairway.diff.Fate;
import dev.fairway.diff.FieldChange;
import dev.fairway.diff.ReleaseDiff;
import dev.fairway.diff.Risk;
import dev.fairway.diff.fleet.ComponentEffect;
import dev.fairway.diff.fleet.Effect;
import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.diff.fleet.NodeSpan;
import dev.fairway.diff.fleet.StackEffect;
import dev.fairway.diff.fleet.TimeSpan;
import dev.fairway.diff.fleet.Unlinked;
import dev.fairway.diff.fleet.WaveImpact;
import dev.fairway.model.Digest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What releases and clusters say stays text: on its line, at its length, and without effect. */
class HostileTextTest {
  private static final Pattern OBEYED =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n]]");

  private static final String SHIP = "\ud83d\udea2";

  /** In every field that comes from outside, in every area. */
  private static Comparison saying(String text) {
    var differences =
        Arrays.stream(Area.values())
            .flatMap(area ->
                List.of(
                    difference(area, text, Optional.of(text)),
                    difference(area, text, Optional.empty()))
                    .stream())
            .toList();
    var diff = new ReleaseDiff(digest("a"), digest("b"), differences);
    return new Comparison("dev", "alpha", diff, Optional.of(fleet(text)));
  }

  private static Difference difference(Area area, String text, Optional<String> note) {
    return new Difference(
        area,
        Act.CHANGED,
        List.of(text),
        text,
        text + "2",
        Risk.DATA_LOSS,
        Fate.KEPT,
        List.of(
            new FieldChange(text, Optional.of(text), Optional.of(text + "3")),
            new FieldChange(text + "4", Optional.empty(), Optional.of(text)),
            new FieldChange(text + "5", Optional.of(text), Optional.empty())),
        note);
  }

  private static FleetImpact fleet(String text) {
    var stack = new StackEffect(text, Act.CHANGED, true, true, new TreeSet<>(List.of(text)), true);
    var effect =
        new Effect(
            new TreeSet<>(List.of(stack)),
            new TreeSet<>(List.of(new ComponentEffect(text, Act.CHANGED))));
    var nodes = new TreeMap<String, NodeSpan>();
    nodes.put(text, new NodeSpan(1, 2));
    var waves = new TreeMap<String, Integer>();
    waves.put(text, 1);
    var classes =
        new EffectClass(
            effect,
            List.of(text),
            nodes,
            TimeSpan.NONE,
            waves,
            List.of(new Budget(text, text, Optional.empty(), 0, Duration.ZERO)));
    var wave =
        new WaveImpact(text, Optional.of(text), 1, 1, NodeSpan.NONE, TimeSpan.NONE, Duration.ZERO);
    return new FleetImpact(
        2, 0, 0, List.of(classes), List.of(new Unlinked(text, true, text)), List.of(wave));
  }

  private static Digest digest(String name) {
    return Digest.of(name.getBytes(UTF_8));
  }

  private static List<String> rendered(String text) {
    var comparison = saying(text);
    return List.of(
        TextReport.of(comparison),
        MarkdownReport.of(comparison),
        HtmlReport.of(comparison),
        JsonReport.of(comparison));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u001b[2Jb",
        "a\rb",
        "a\tb",
        "a\u0085b",
        "a\u009b31mb",
        "a\u202egpj.exe",
        "a\u2066b",
        "a\u200bb",
        "a\u2028b",
        "a\u2029b",
        "a\u00adb",
        "a\ud83db"
      })
  void nothingIsObeyed(String text) throws CharacterCodingException {
    for (var report : rendered(text)) {
      // Between the at and the name it is what keeps a mention from being one.
      assertThat(OBEYED.matcher(report.replace("@\u200b", "@").replace("\t", "")).find())
          .as(report)
          .isFalse();
      assertThat(UTF_8.newEncoder().encode(CharBuffer.wrap(report))).isInstanceOf(ByteBuffer.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n::error::made up", "::error::made up", "a\r\n::error::made up"})
  void noLineIsACommandOfGithubs(String text) {
    assertThat(TextReport.of(saying(text)).lines().map(String::strip))
        .noneMatch(line -> line.startsWith("::"));
    assertThat(MarkdownReport.of(saying(text)).lines().map(String::strip))
        .noneMatch(line -> line.startsWith("::"));
  }

  @Test
  void aPageShowsMarkupAsText() {
    assertThat(HtmlReport.of(saying("<script>alert(1)</script></pre>\"'")))
        .doesNotContain("<script>", "</script></pre>")
        .contains("&lt;script&gt;");
  }

  @Test
  void aCommentMentionsNobodyAndHoldsNoMarkup() {
    var outside =
        MarkdownReport.of(saying("@all <b> [x](y) `z"))
            .replaceAll("(?s)(`{3,})diff\n.*?\n\\1\n", "")
            .replaceAll("``.*?``", "");

    assertThat(outside).doesNotContain("@all", "[x]").doesNotContainPattern("(?<!\\\\)<b>");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 99, 100, 30_000, 70_000})
  void aCommentFitsAndEndsItsBlocksWhateverTheTexts(int length) {
    for (var character : List.of("`", "x", SHIP, "\u001b", "|", "@")) {
      var comment = MarkdownReport.of(saying(character.repeat(length)));

      assertThat(comment.length()).as(character + length).isLessThan(65_536);
      assertThat(comment.split("<details>", -1)).hasSameSizeAs(comment.split("</details>", -1));
      var fences =
          Pattern.compile("(?m)^(`{3,})(?:diff)?$")
              .matcher(comment)
              .results()
              .map(found -> found.group(1))
              .toList();
      for (var number = 0; number < fences.size(); number += 2) {
        assertThat(fences.get(number)).isEqualTo(fences.get(number + 1));
      }
    }
    assertThat(MarkdownReport.of(saying("`".repeat(length)))).contains("<details>");
  }

  @ParameterizedTest
  @ValueSource(ints = {97, 98, 99, 100, 101})
  void noCharacterIsCutInHalves(int before) {
    var text = "x".repeat(before) + SHIP.repeat(9);

    for (var report : rendered(text)) {
      assertThat(report).doesNotContain("\\ud83d…").doesNotContainPattern("\\p{Cs}");
      assertThat(new String(report.getBytes(UTF_8), UTF_8)).isEqualTo(report);
    }
  }
}
