package dev.fairway.deploy.aws;

import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/** AWS answers what many things are tagged with in portions of this size. */
final class Batches {
  private static final int TAGGED = 20;

  private Batches() {}

  static Stream<List<String>> of(Stream<String> ids) {
    return ids.gather(Gatherers.windowFixed(TAGGED));
  }
}
