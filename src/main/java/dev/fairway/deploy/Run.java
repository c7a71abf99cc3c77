package dev.fairway.deploy;

import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps one after the other, up to the first that can't go on.
 *
 * @param steps those that were begun
 */
public record Run(List<StepReport> steps, Diagnostics diagnostics) {
  public Run {
    steps = List.copyOf(steps);
  }

  static Run of(List<Step> steps, Listener listener, InstantSource clock) {
    var reports = new ArrayList<StepReport>();
    var diagnostics = Diagnostics.NONE;
    for (var step : steps) {
      listener.told(new Event.StepStarted(step.name()));
      var start = clock.instant();
      var outcome = step.work().get();
      diagnostics = diagnostics.plus(outcome.diagnostics());
      reports.add(report(step, outcome, Duration.between(start, clock.instant())));
      var report = reports.getLast();
      listener.told(new Event.StepEnded(step.name(), report.succeeded(), summary(report)));
      if (!report.succeeded()) {
        break;
      }
    }
    return new Run(reports, diagnostics);
  }

  /** The same, with what else there is to say. */
  Run and(Diagnostics more) {
    return new Run(steps, diagnostics.plus(more));
  }

  public boolean succeeded() {
    return !diagnostics.hasErrors();
  }

  /** All that was changed, in the order in which it was. */
  public List<Change> changes() {
    return steps.stream().flatMap(step -> step.changes().stream()).toList();
  }

  private static StepReport report(Step step, Outcome<List<Change>> outcome, Duration took) {
    return new StepReport(
        step.name(), took, outcome.value().isPresent(), outcome.value().orElse(List.of()));
  }

  private static String summary(StepReport report) {
    if (!report.succeeded()) {
      return "failed";
    }
    return switch (report.changes().size()) {
      case 0 -> "nothing to change";
      case 1 -> report.changes().getFirst().toString();
      default -> report.changes().size() + " changes";
    };
  }
}
