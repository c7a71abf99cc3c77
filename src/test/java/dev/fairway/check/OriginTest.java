package dev.fairway.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.diagnostic.SourceLines;
import dev.fairway.diagnostic.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final SourceLines SOURCES =
      SourceLines.of(
          Map.of(
              "A.java",
              """
              import skipper;
              /** skipper is explained. */
              class A {
                int skipperPort = 9911;
                String other = "the skipper";
                String name = "skipper";
              }
              """,
              "B.java",
              "int port = 80;\nString name = \"b\";"));

  @Test
  void aWholeLiteralIsNearerThanAWord() {
    assertThat(span("A.java", "skipper")).isEqualTo(new Span("A.java", 6, 17));
  }

  @Test
  void aWordIsNoPartOfALongerOne() {
    assertThat(span("B.java", "8")).isEqualTo(Span.startOf("B.java"));
    assertThat(span("B.java", "80")).isEqualTo(new Span("B.java", 1, 12));
  }

  @Test
  void aMoreTellingWordWinsWhereverItStands() {
    var origin = new Origin(List.of("A.java", "B.java"), List.of("b", "skipper"));

    assertThat(origin.span(SOURCES)).isEqualTo(new Span("B.java", 2, 15));
  }

  @Test
  void withoutSourceItIsTheFile() {
    assertThat(span("C.java", "skipper")).isEqualTo(Span.startOf("C.java"));
  }

  private static Span span(String file, String word) {
    return new Origin(List.of(file), List.of(word)).span(SOURCES);
  }
}
