package dev.fairway.e2e.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that ran.
 *
 * @param machine in a few words
 * @param complete false as long as tests are to come: what is left of a run that was ended says so
 */
record Run(Instant start, Duration time, String machine, boolean complete, List<Group> groups) {
  Run {
    groups = List.copyOf(groups);
  }

  /** What is about one item, or about none that is known. */
  List<Group> about(Optional<Integer> item) {
    return groups.stream()
        .map(group -> group.about(item))
        .filter(group -> !group.isEmpty())
        .toList();
  }

  Stream<Status> counted() {
    return groups.stream().flatMap(Group::counted);
  }

  Stream<Exhibit> exhibits() {
    return groups.stream().flatMap(Group::exhibits);
  }
}
