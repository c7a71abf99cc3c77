package dev.fairway.diagnostic;

import static dev.fairway.diagnostic.Code.MISSING_KEY;
import static dev.fairway.diagnostic.Code.OUT_OF_RANGE;
import static dev.fairway.diagnostic.Code.UNKNOWN_REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fairway.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
  private static final List<Diagnostic> SORTED =
      List.of(
          Diagnostic.general(OUT_OF_RANGE, "about the whole", "do"),
          at("a.yaml", 2, 1, OUT_OF_RANGE),
          at("a.yaml", 10, 3, OUT_OF_RANGE),
          at("a.yaml", 10, 12, MISSING_KEY),
          at("a.yaml", 10, 12, OUT_OF_RANGE),
          at("b.yaml", 1, 1, MISSING_KEY));

  @Test
  void areSortedHoweverTheyWereFound() {
    Seeds.check(
        50,
        random -> {
          var shuffled = new ArrayList<>(SORTED);
          Collections.shuffle(shuffled, random);
          var collector = new Diagnostics.Collector();
          shuffled.forEach(collector::add);
          assertThat(collector.diagnostics().all()).isEqualTo(SORTED);
        });
  }

  @Test
  void aWarningLeavesTheValue() {
    var warnings = Diagnostics.of(at("a.yaml", 1, 1, UNKNOWN_REGION));

    assertThat(Outcome.unlessErrors(warnings, () -> "made").value()).contains("made");
  }

  @Test
  void anErrorLeavesNoValueAndNoNextPass() {
    var errors = Diagnostics.of(at("a.yaml", 1, 1, MISSING_KEY));
    var outcome = Outcome.<String>unlessErrors(errors, () -> "made");

    assertThat(outcome.value()).isEmpty();
    assertThat(
            outcome.then(_ -> {
              throw new AssertionError("the compiler stops between passes");
            }))
        .extracting(Outcome::diagnostics)
        .isEqualTo(errors);
  }

  @Test
  void passesKeepWhatEachHadToSay() {
    var first = Outcome.unlessErrors(Diagnostics.of(at("b.yaml", 1, 1, UNKNOWN_REGION)), () -> "b");
    var both =
        first.then(value ->
            Outcome.unlessErrors(
                Diagnostics.of(at("a.yaml", 1, 1, UNKNOWN_REGION)), () -> value + "a"));

    assertThat(both.value()).contains("ba");
    assertThat(both.diagnostics().all())
        .extracting(diagnostic -> diagnostic.span().map(Span::file))
        .containsExactly(Optional.of("a.yaml"), Optional.of("b.yaml"));
  }

  @Test
  void aDiagnosticSaysSomethingAndWhatToDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diagnostic.general(OUT_OF_RANGE, "", "do"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diagnostic.general(OUT_OF_RANGE, "it is wrong", " "));
  }

  private static Diagnostic at(String file, int line, int column, Code code) {
    return Diagnostic.at(new Span(file, line, column), code, "wrong", "do");
  }
}
