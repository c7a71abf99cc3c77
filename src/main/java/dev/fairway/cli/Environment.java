package dev.fairway.cli;

import java.util.Map;
import java.util.Optional;

/** The variables that a command is given: those of the process, where nothing else is said. */
final class Environment {
  /** As a workflow's step has them, for one command among others of a process. */
  static final ScopedValue<Map<String, String>> OF_A_STEP = ScopedValue.newInstance();

  private Environment() {}

  static Map<String, String> all() {
    return OF_A_STEP.orElse(System.getenv());
  }

  static Optional<String> find(String name) {
    return Optional.ofNullable(all().get(name));
  }
}
