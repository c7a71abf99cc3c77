package dev.fairway.e2e.report;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What is about one item, and what all of it comes to. */
record Chapter(Agenda.Point point, List<Group> groups) {
  Status status() {
    return Status.worst(groups.stream().flatMap(Group::counted).toList());
  }

  Duration time() {
    return groups.stream().map(Group::time).reduce(Duration.ZERO, Duration::plus);
  }

  long tests() {
    return groups.stream().flatMap(Group::counted).count();
  }

  /** The names of what failed. */
  Stream<String> failures() {
    return groups.stream()
        .flatMap(group ->
            Stream.concat(group.around().stream(), group.proofs().stream())
                .filter(proof -> proof.overall() == Status.FAILED)
                .map(proof -> group.title() + ", " + proof.name()));
  }
}
