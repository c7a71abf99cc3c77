package dev.fairway.model;

/** An EC2 instance type such as {@code m5.large}. */
public record InstanceType(String name) implements Comparable<InstanceType> {
  public InstanceType {
    Invariant.matches("an instance type", "[a-z][a-z0-9-]*\\.[a-z0-9-]+", name);
  }

  /** What stands before the dot: generation and kind of the machine. */
  public String family() {
    return name.substring(0, name.indexOf('.'));
  }

  /** What stands after the dot. */
  public String size() {
    return name.substring(name.indexOf('.') + 1);
  }

  @Override
  public int compareTo(InstanceType other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
