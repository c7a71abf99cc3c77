package dev.fairway.check;

import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.SourceLines;
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
    return check(all(), platform, SourceLines.onDisk());
  }

  /** The sources are read only where a rule has found something. */
  static Diagnostics check(List<Rule> rules, Platform platform, SourceLines sources) {
    return new Diagnostics(
        rules.stream()
            .flatMap(rule ->
                rule.check(platform)
                    .distinct()
                    .map(finding -> finding.diagnostic(rule.code(), sources)))
            .toList());
  }
}
