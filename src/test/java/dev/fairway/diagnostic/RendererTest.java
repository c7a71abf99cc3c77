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
  void nothingToSayIsSaidInNoWordsButInValidJson() {
    var nothing = Report.of(Diagnostics.NONE, SourceLines.of(Map.of()));

    assertThat(Renderer.TEXT.render(nothing)).isEmpty();
    assertThat(Renderer.GITHUB.render(nothing)).isEmpty();
    assertThat(Renderer.JSON.render(nothing)).contains("\"errors\" : 0");
  }
}
