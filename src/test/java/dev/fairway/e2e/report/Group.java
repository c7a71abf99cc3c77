package dev.fairway.e2e.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one class says of one item.
 *
 * @param title the class's name in words
 * @param source the class's simple name, to be looked up
 * @param around what is no test's own: engines that start and stop; empty where the class is not
 *     about this item
 */
record Group(String title, String source, Optional<Proof> around, List<Proof> proofs) {
  Group {
    proofs = List.copyOf(proofs);
  }

  Group about(Optional<Integer> item) {
    return new Group(
        title,
        source,
        around.filter(proof -> proof.item().equals(item)),
        proofs.stream().filter(proof -> proof.item().equals(item)).toList());
  }

  boolean isEmpty() {
    return around.isEmpty() && proofs.isEmpty();
  }

  Duration time() {
    return all().map(Proof::time).reduce(Duration.ZERO, Duration::plus);
  }

  /** What stands around the tests counts only when the tests did not come to their turn by it. */
  Stream<Status> counted() {
    return Stream.concat(
        around.stream().map(Proof::status).filter(Status.FAILED::equals),
        proofs.stream().flatMap(Proof::counted));
  }

  Stream<Exhibit> exhibits() {
    return all().flatMap(Proof::allExhibits);
  }

  private Stream<Proof> all() {
    return Stream.concat(around.stream(), proofs.stream());
  }
}
