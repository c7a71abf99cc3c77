package dev.fairway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.run.Event;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final Change CHANGE = new Change("object", "ConfigMap a/b", "created");

  private final List<Event> told = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  @Test
  void stepsRunInTheirOrderAndSayWhatTheyChanged() {
    var run = run(step("first"), step("second", CHANGE));
    assertThat(begun).containsExactly("first", "second");
    assertThat(run.succeeded()).isTrue();
    assertThat(run.changes()).containsExactly(CHANGE);
    assertThat(told)
        .containsExactly(
            new Event.StepStarted("first"),
            new Event.StepEnded("first", true, "nothing to change"),
            new Event.StepStarted("second"),
            new Event.StepEnded("second", true, "object ConfigMap a/b: created"));
  }

  @Test
  void nothingRunsAfterAStepThatFailed() {
    var run = run(step("first", CHANGE), failing("second"), step("third"));
    assertThat(begun).containsExactly("first", "second");
    assertThat(run.succeeded()).isFalse();
    assertThat(run.steps()).extracting(StepReport::succeeded).containsExactly(true, false);
    assertThat(run.changes()).as("what was changed before stays told").containsExactly(CHANGE);
  }

  @Test
  void aStepIsTimed() {
    var run = run(step("first"));
    assertThat(run.steps().getFirst().took()).isEqualTo(Duration.ofSeconds(3));
  }

  private Run run(Step... steps) {
    return Run.of(List.of(steps), told::add, () -> now);
  }

  private Step step(String name, Change... changes) {
    return new Step(
        name,
        () -> {
          begun.add(name);
          now = now.plusSeconds(3);
          return Outcome.of(List.of(changes));
        });
  }

  private Step failing(String name) {
    return new Step(
        name,
        () -> {
          begun.add(name);
          return new Outcome<>(
              Optional.empty(),
              Diagnostics.of(Diagnostic.general(Code.EMPTY_SECRET, "nothing there", "put it")));
        });
  }
}
