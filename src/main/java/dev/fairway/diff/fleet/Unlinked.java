package dev.fairway.diff.fleet;

import java.util.Comparator;

/**
 * A cluster that one of the releases can't be linked to.
 *
 * @param isNew whether it is the new one, which then must not reach the cluster
 * @param why the first that the linker has to say
 */
public record Unlinked(String cluster, boolean isNew, String why) implements Comparable<Unlinked> {
  @Override
  public int compareTo(Unlinked other) {
    return Comparator.comparing((Unlinked it) -> !it.isNew())
        .thenComparing(Unlinked::cluster)
        .compare(this, other);
  }
}
