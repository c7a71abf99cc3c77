package dev.fairway.model;

/** A range of ports, both ends included. */
public record Ports(int from, int to) {
  public Ports {
    if (from < 0 || to > 65535 || from > to) {
      throw new IllegalArgumentException("not a range of ports: " + from + "-" + to);
    }
  }

  public static Ports of(int port) {
    return new Ports(port, port);
  }

  public boolean contains(Ports other) {
    return from <= other.from && other.to <= to;
  }

  @Override
  public String toString() {
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}
