package dev.fairway.diff.fleet;

import dev.fairway.diff.Act;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a release changes about a cluster, said so that clusters of other names and sizes can have
 * the same.
 */
public record Effect(SortedSet<StackEffect> stacks, SortedSet<ComponentEffect> components)
    implements Comparable<Effect> {
  public Effect {
    stacks = Collections.unmodifiableSortedSet(new TreeSet<>(stacks));
    components = Collections.unmodifiableSortedSet(new TreeSet<>(components));
  }

  public boolean isEmpty() {
    return stacks.isEmpty() && components.isEmpty();
  }

  /** How many things change. */
  public int size() {
    return stacks.size() + components.size();
  }

  public boolean isRolling() {
    return stacks.stream().anyMatch(StackEffect::isRolling);
  }

  /** Whether etcd's members or the masters are replaced. */
  public boolean isRollingControlPlane() {
    return stacks.stream().anyMatch(stack -> stack.isRolling() && !stack.isPool());
  }

  boolean removes() {
    return stacks.stream().anyMatch(stack -> stack.act() == Act.REMOVED)
        || components.stream().anyMatch(component -> component.act() == Act.REMOVED);
  }

  /** The gravest first. */
  @Override
  public int compareTo(Effect other) {
    var byWeight = Integer.compare(other.weight(), weight());
    return byWeight != 0 ? byWeight : toString().compareTo(other.toString());
  }

  private int weight() {
    return (isRollingControlPlane() ? 4 : 0) + (isRolling() ? 2 : 0) + (removes() ? 1 : 0);
  }
}
