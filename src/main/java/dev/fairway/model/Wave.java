package dev.fairway.model;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Clusters of a channel that follow its branch together. A cluster belongs to the first wave that
 * selects it.
 *
 * @param pause after it, before the next one starts
 * @param maxInFlight clusters that are deployed at the same time
 * @param stopOnFailure whether the next wave waits for people when a cluster of this one failed
 */
public record Wave(
    String name, Selector clusters, Duration pause, int maxInFlight, boolean stopOnFailure) {
  public Wave {
    Cluster.requireName(name);
    Invariant.holds(!pause.isNegative(), "a negative pause: " + pause);
    Invariant.holds(maxInFlight > 0, "no cluster in flight: " + maxInFlight);
  }

  /**
   * Selects by facts of a cluster's record; what it leaves empty selects all.
   *
   * @param aliases of the clusters
   * @param environments any of them
   * @param regions any of them, by name
   * @param criticalities any of them, from 1, where an outage hurts most
   */
  public record Selector(
      SortedSet<String> aliases,
      SortedSet<Environment> environments,
      SortedSet<String> regions,
      SortedSet<Integer> criticalities) {
    public boolean selects(Cluster cluster) {
      return isOf(aliases, cluster.alias())
          && isOf(environments, cluster.environment())
          && isOf(regions, cluster.region().name())
          && isOf(criticalities, cluster.criticality());
    }

    private static <T> boolean isOf(SortedSet<T> wanted, T given) {
      return wanted.isEmpty() || wanted.contains(given);
    }
  }

  /** The wave of a cluster, for which the channel need have none. */
  public static Optional<Wave> of(Cluster cluster, Channel channel) {
    return channel.waves().stream().filter(wave -> wave.clusters().selects(cluster)).findFirst();
  }
}
