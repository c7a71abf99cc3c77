package dev.fairway.platform.component;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The catalogue: every component on the class path. */
public final class Components {
  private Components() {}

  /** All of them, by name. */
  public static List<Component> all() {
    return ServiceLoader.load(Component.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Component::name))
        .toList();
  }
}
