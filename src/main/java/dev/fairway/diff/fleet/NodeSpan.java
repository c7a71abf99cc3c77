package dev.fairway.diff.fleet;

import java.util.Comparator;

/** From the fewest nodes to the most: how many there are is known to the cluster alone. */
public record NodeSpan(int least, int most) implements Comparable<NodeSpan> {
  public static final NodeSpan NONE = new NodeSpan(0, 0);

  public NodeSpan plus(NodeSpan other) {
    return new NodeSpan(least + other.least, most + other.most);
  }

  public boolean isEmpty() {
    return most == 0;
  }

  @Override
  public int compareTo(NodeSpan other) {
    return Comparator.comparingInt(NodeSpan::most)
        .thenComparingInt(NodeSpan::least)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return least == most ? Integer.toString(most) : least + " to " + most;
  }
}
