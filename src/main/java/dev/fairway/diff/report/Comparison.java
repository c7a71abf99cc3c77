package dev.fairway.diff.report;

import dev.fairway.diff.ReleaseDiff;
import dev.fairway.diff.fleet.EffectClass;
import dev.fairway.diff.fleet.FleetImpact;
import dev.fairway.diff.fleet.NodeSpan;
import java.util.Optional;

/**
 * Two releases, and what the second changes about a fleet.
 *
 * @param before what the first was called by who asked
 * @param after what the second was called
 * @param fleet empty when nobody asked
 */
public record Comparison(
    String before, String after, ReleaseDiff release, Optional<FleetImpact> fleet) {

  /** Nothing differs, and so nothing is shown. */
  public boolean isEmpty() {
    return release.isEmpty();
  }

  NodeSpan nodes() {
    return fleet.stream()
        .flatMap(impact -> impact.classes().stream())
        .map(EffectClass::allNodes)
        .reduce(NodeSpan.NONE, NodeSpan::plus);
  }
}
