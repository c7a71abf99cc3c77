package dev.fairway.deploy;

import java.time.Duration;
import java.util.List;

/**
 * What became of a step.
 *
 * @param changes none when it found everything as it should be, and when it failed: what a failed
 *     step has changed is found by the next run
 */
public record StepReport(String name, Duration took, boolean succeeded, List<Change> changes) {
  public StepReport {
    changes = List.copyOf(changes);
  }
}
