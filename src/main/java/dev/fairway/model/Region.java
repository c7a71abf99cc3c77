package dev.fairway.model;

/** An AWS region such as {@code eu-central-1}. */
public record Region(String name) implements Comparable<Region> {
  static final String PATTERN = "[a-z]{2}(-[a-z]+)+-[0-9]";

  public Region {
    Invariant.matches("a region", PATTERN, name);
  }

  @Override
  public int compareTo(Region other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
