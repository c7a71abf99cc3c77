package dev.fairway.diff.fleet;

import dev.fairway.diff.Act;

/** A component whose manifests a cluster gets anew, or no longer. */
public record ComponentEffect(String component, Act act) implements Comparable<ComponentEffect> {
  @Override
  public int compareTo(ComponentEffect other) {
    return toString().compareTo(other.toString());
  }
}
