package dev.fairway.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Snapshots;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final Report REPORT =
      Report.of(
          Diagnostics.of(
              Diagnostic.at(
                      new Span("clusters/pets.yaml", 2, 15),
                      Code.MIN_ABOVE_MAX,
                      "min_size is 9, above max_size",
                      "lower min_size or raise max_size")
                  .with("max_size", 6, new Span("clusters/pets.yaml", 3, 15)),
              Diagnostic.at(
                  new Span("clusters/pets.yaml", 4, 2),
                  Code.UNKNOWN_REGION,
                  "region is \"eu-x-1\", 100% unknown",
                  "did you mean eu-west-1?"),
              Diagnostic.at(
                  new Span("clusters/a,b:c.yaml", 7, 1),
                  Code.UNREADABLE_FILE,
                  "clusters/a,b:c.yaml may not be read",
                  "make it readable, or remove it"),
              Diagnostic.general(Code.UNREADABLE_FILE, "no file at all", "name one")),
          SourceLines.of(
              Map.of(
                  "clusters/pets.yaml",
                  "- name: worker\n    min_size: 9\r\n    max_size: 6\n\tregion: eu-x-1\n")));

  @Test
  void textIsForPeople() {
    Snapshots.assertMatches("diagnostic", "report.txt", Renderer.TEXT.render(REPORT));
  }

  @Test
  void jsonIsForPrograms() {
    Snapshots.assertMatches("diagnostic", "report.json", Renderer.JSON.render(REPORT));
  }

  @Test
  void githubGetsOneCommandALine() {
    Snapshots.assertMatches("diagnostic", "report.github.txt", Renderer.GITHUB.render(REPORT));
  }

  @Test
  void whatOthersWroteIsShownAndNotObeyed() {
    var nasty = "\u001b[2Jdev\n::error file=x::pwned\u202e\u009b\uFEFF\u2028";
    var span = new Span("clusters/" + nasty + ".yaml", 1, 6);
    var report =
        Report.of(
            Diagnostics.of(
                Diagnostic.at(span, Code.UNKNOWN_VALUE, "is " + nasty, "not " + nasty)
                    .with(nasty, nasty, span)),
            SourceLines.of(Map.of(span.file(), nasty)));

    assertThat(Renderer.TEXT.render(report))
        .contains("is \\u001b[2Jdev\\u000a::error file=x::pwned\\u202e\\u009b\\ufeff\\u2028\n")
        .contains("1 | \uFFFD[2Jdev\n")
        .doesNotContain("\n::")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}&&[^\n]]");
    assertThat(Renderer.GITHUB.render(report))
        .startsWith("::error ")
        .hasLineCount(1)
        .doesNotContain("\u001b", "\u202e", "\u009b", "%0A::");
    assertThat(Renderer.JSON.render(report))
        .contains("is \\u001B[2Jdev\\n::error file=x::pwned\\u202e\\u009b\\ufeff\\u2028");
  }

  @Test
  void nothingToSayIsSaidInNoWordsButInValidJson() {
    var nothing = Report.of(Diagnostics.NONE, SourceLines.of(Map.of()));

    assertThat(Renderer.TEXT.render(nothing)).isEmpty();
    assertThat(Renderer.GITHUB.render(nothing)).isEmpty();
    assertThat(Renderer.JSON.render(nothing)).contains("\"errors\" : 0");
  }
}
