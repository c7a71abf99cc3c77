package dev.fairway.deploy;

import dev.fairway.deploy.kubernetes.DeployRecords;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Outcome;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a deploy keeps in the cluster of what it did. */
final class RunRecord {
  private static final String OUTCOME = "outcome";
  private static final String RELEASE = "release";
  private static final String VERSION = "version";
  private static final String SUCCEEDED = "succeeded";

  /** A ConfigMap has an end, and the newest lines of a log are elsewhere. */
  private static final int MOST_CHANGES = 500;

  /** Where a run that is refused leaves the cluster as the record of the last one tells it. */
  private static final Set<String> LOOKING = Set.of("access", "standstill", "check", "secrets");

  private RunRecord() {}

  static SortedMap<String, String> of(
      Target target, String holder, Run run, Instant started, Instant ended) {
    var record = new TreeMap<String, String>();
    record.put("cluster", target.assembly().cluster().toString());
    record.put(RELEASE, target.assembly().release().hex());
    record.put(VERSION, target.assembly().desiredVersion().hex());
    record.put("by", holder);
    record.put("started", started.toString());
    record.put("ended", ended.toString());
    record.put(OUTCOME, failedStep(run).map(step -> "failed at " + step).orElse(SUCCEEDED));
    record.put(
        "changes",
        run.changes().stream()
            .limit(MOST_CHANGES)
            .map(Change::toString)
            .collect(Collectors.joining("\n")));
    return record;
  }

  /** A run that found all as it should be writes nothing, unless the last one is told as failed. */
  static Outcome<SortedMap<String, String>> write(
      DeployRecords records, SortedMap<String, String> record, Run run, Deadline deadline) {
    return records
        .read(deadline)
        .then(last -> isNews(run, last, record) ? records.write(record) : Outcome.of(record));
  }

  /**
   * Why the cluster does not run the target's release; empty when it does. Another release that
   * makes the same of this cluster is none: a deploy of it finds nothing to do, and records
   * nothing.
   */
  static Optional<String> unlike(Target target, Optional<SortedMap<String, String>> last) {
    if (last.isEmpty()) {
      return Optional.of("no deploy of it is recorded");
    }
    var record = last.get();
    var outcome = record.getOrDefault(OUTCOME, "recorded without an end");
    if (!outcome.equals(SUCCEEDED)) {
      return Optional.of("its last deploy " + outcome);
    }
    var release = target.assembly().release().hex();
    return release.equals(record.get(RELEASE))
            || target.assembly().desiredVersion().hex().equals(record.get(VERSION))
        ? Optional.empty()
        : Optional.of("it runs the release %s, not %s".formatted(record.get(RELEASE), release));
  }

  private static boolean isNews(
      Run run, Optional<SortedMap<String, String>> last, SortedMap<String, String> record) {
    if (!run.changes().isEmpty() || mayHaveChanged(run)) {
      return true;
    }
    return run.succeeded()
        && last.filter(told -> isTold(told, record, OUTCOME) && isTold(told, record, VERSION))
            .isEmpty();
  }

  /** A step that fails may have done some of its work: all may but those that only look. */
  private static boolean mayHaveChanged(Run run) {
    return failedStep(run).filter(step -> !LOOKING.contains(step)).isPresent();
  }

  private static boolean isTold(
      SortedMap<String, String> told, SortedMap<String, String> record, String key) {
    return Objects.equals(record.get(key), told.get(key));
  }

  private static Optional<String> failedStep(Run run) {
    return run.steps().stream().filter(step -> !step.succeeded()).map(StepReport::name).findFirst();
  }
}
