package dev.fairway.model;

import java.util.Arrays;
import java.util.List;

/** What a release must pass before it enters a channel, by the name that people override it by. */
public enum Gate implements Keyword {
  /**
   * All clusters of the channel link with the release. Every channel has it, and nobody may go
   * around it.
   */
  LINK,
  EVIDENCE,
  SOAK,
  UPSTREAM_HEALTH,
  APPROVALS,
  CHANGE_BUDGET,
  FREEZES;

  public boolean isOverridable() {
    return this != LINK;
  }

  /** Those that a hotfix or a rollback may go around. */
  public static List<Gate> overridable() {
    return Arrays.stream(values()).filter(Gate::isOverridable).toList();
  }
}
