package dev.fairway.deploy;

/**
 * Something that a run changed, or that its plan says it would.
 *
 * @param kind {@code stack}, {@code stack policy}, {@code object}, ...
 * @param action such as {@code updated}, with what the reader wants to know of it
 */
public record Change(String kind, String name, String action) {
  @Override
  public String toString() {
    return kind + " " + name + ": " + action;
  }
}
