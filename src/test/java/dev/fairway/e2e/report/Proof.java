package dev.fairway.e2e.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A test that ran, or was to run.
 *
 * @param item what it is about, by number; empty when it does not say
 * @param why it failed or was skipped: the message on the first line
 * @param cases of a test that is run for each row of a table; else empty
 */
record Proof(
    Optional<Integer> item,
    String name,
    Status status,
    Duration time,
    Optional<String> why,
    List<Exhibit> exhibits,
    List<Proof> cases) {
  Proof {
    exhibits = List.copyOf(exhibits);
    cases = List.copyOf(cases);
  }

  /** Itself and its cases: one of them that failed fails the whole. */
  Status overall() {
    return Status.worst(
        Stream.concat(Stream.of(status), cases.stream().map(Proof::overall)).toList());
  }

  /** As many as a person would count: a test with cases is its cases. */
  Stream<Status> counted() {
    return cases.isEmpty() || status == Status.FAILED
        ? Stream.concat(Stream.of(status), cases.stream().flatMap(Proof::counted))
        : cases.stream().flatMap(Proof::counted);
  }

  Stream<Exhibit> allExhibits() {
    return Stream.concat(exhibits.stream(), cases.stream().flatMap(Proof::allExhibits));
  }
}
