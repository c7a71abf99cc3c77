package dev.fairway.platform.node;

import java.util.List;
import java.util.Optional;

/**
 * A systemd unit. Its texts may hold tokens, which the linker escapes for systemd.
 *
 * @param contents empty for a unit that the image has
 */
public record Unit(
    String name, boolean enabled, boolean masked, Optional<String> contents, List<DropIn> dropIns) {
  public Unit {
    dropIns = List.copyOf(dropIns);
  }

  /** A file in the unit's {@code .d} folder. */
  public record DropIn(String name, String contents) {}

  public static Unit enabled(String name, String contents) {
    return new Unit(name, true, false, Optional.of(contents), List.of());
  }

  /** A unit that another one starts. */
  public static Unit started(String name, String contents) {
    return new Unit(name, false, false, Optional.of(contents), List.of());
  }

  public static Unit masked(String name) {
    return new Unit(name, false, true, Optional.empty(), List.of());
  }
}
