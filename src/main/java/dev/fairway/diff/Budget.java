package dev.fairway.diff;

import java.time.Duration;
import java.util.Optional;

/**
 * A disruption budget of ours that nodes wait for when they drain.
 *
 * @param name such as {@code kube-system/coredns}
 * @param replicas that it guards; empty where a cluster decides
 * @param allowed how many may go at a time; none blocks the draining until it is cut off
 * @param grace how long each may take to end
 */
public record Budget(
    String component, String name, Optional<Integer> replicas, int allowed, Duration grace)
    implements Comparable<Budget> {

  public boolean isBlocking() {
    return allowed < 1;
  }

  /** How long a node waits that has all the replicas; zero where they may go together. */
  public Duration longest() {
    var rounds = isBlocking() ? 0 : Math.ceilDiv(replicas.orElse(allowed), allowed);
    return grace.multipliedBy(rounds);
  }

  @Override
  public int compareTo(Budget other) {
    var byBlocking = Boolean.compare(other.isBlocking(), isBlocking());
    var byTime = byBlocking != 0 ? byBlocking : other.longest().compareTo(longest());
    return byTime != 0 ? byTime : name.compareTo(other.name);
  }
}
