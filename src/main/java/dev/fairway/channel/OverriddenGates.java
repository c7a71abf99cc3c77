package dev.fairway.channel;

import dev.fairway.model.Gate;
import java.util.List;

/**
 * Gates that somebody goes around.
 *
 * @param reason for who reads it later
 */
public record OverriddenGates(List<Gate> gates, String reason) {
  public static final OverriddenGates NONE = new OverriddenGates(List.of(), "");

  public OverriddenGates {
    gates = List.copyOf(gates);
  }
}
