package dev.fairway.model;

import java.util.List;
import java.util.Optional;

/**
 * A Git branch whose tree is a release, and what a release must meet before it enters.
 *
 * @param name as clusters' records and file names have it
 * @param upstream the channel whose tip it is given; the first one has none and is published to
 * @param waves in the order in which the channel's clusters follow its branch
 */
public record Channel(
    String name,
    String branch,
    Optional<String> upstream,
    Gates gates,
    List<Freeze> freezes,
    List<Wave> waves) {
  public Channel {
    Cluster.requireName(name);
    Cluster.requireName(branch);
    Invariant.holds(!upstream.equals(Optional.of(name)), "its own upstream: " + name);
    Invariant.distinct("the waves' names", waves.stream().map(Wave::name).toList());
    freezes = List.copyOf(freezes);
    waves = List.copyOf(waves);
  }

  /**
   * How many clusters that no wave selects are deployed at the same time. A channel without waves
   * has no order, and all follow at once; those that its waves forgot go one at a time, for nobody
   * has said what they can bear.
   *
   * @param clusters how many there are
   */
  public int waveless(int clusters) {
    return waves.isEmpty() ? clusters : 1;
  }
}
