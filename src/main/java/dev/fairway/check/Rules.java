package dev.fairway.check;

import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.platform.Platform;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Every rule on the class path. */
public final class Rules {
  private Rules() {}

  /** All of them, by code. */
  public static List<Rule> all() {
    return ServiceLoader.load(Rule.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Rule::code))
        .toList();
  }

  public static Diagnostics check(Platform platform) {
    return new Diagnostics(all().stream().flatMap(rule -> rule.check(platform)).toList());
  }
}
