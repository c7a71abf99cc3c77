package dev.fairway.platform.component;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;

/** The setting that switches a component off: {@link Component#enabledBy()}. */
public final class Switch {
  private Switch() {}

  /**
   * Named {@code <name>_enabled}, and on until a cluster says otherwise.
   *
   * @param sentence what it does, and what a cluster lacks without it
   */
  public static Symbol of(String component, String sentence) {
    return Symbol.setting(component.replace('-', '_') + "_enabled", new Bool(), "true", sentence);
  }
}
