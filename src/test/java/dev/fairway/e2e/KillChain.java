package dev.fairway.e2e;

import java.time.Duration;
import java.util.List;

/**
 * Deploys of one cluster that were killed, each after the other, and the one that then came to its
 * end.
 *
 * @param deaths the steps at which the killed ones were
 * @param took all of them together
 */
record KillChain(String name, List<String> deaths, Duration took) {
  /** More in a row prove nothing more, and the run to the end takes as long as two that die. */
  static final int LENGTH = 5;

  KillChain {
    deaths = List.copyOf(deaths);
  }
}
