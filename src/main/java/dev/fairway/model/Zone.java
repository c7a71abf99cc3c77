package dev.fairway.model;

/**
 * An availability zone by its full name, such as {@code eu-central-1a}. Local and wavelength zones
 * ({@code us-west-2-lax-1a}) are none: neither etcd nor a NAT gateway may stand in them.
 */
public record Zone(String name) implements Comparable<Zone> {
  public Zone {
    Invariant.matches("an availability zone", Region.PATTERN + "[a-z]", name);
  }

  public Region region() {
    return new Region(name.substring(0, name.length() - 1));
  }

  @Override
  public int compareTo(Zone other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
