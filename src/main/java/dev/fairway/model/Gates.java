package dev.fairway.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The conditions that a release must meet before it enters a channel, beside the one that every
 * channel has: that all its clusters link with it.
 *
 * @param evidence kinds of evidence that must stand for the release, such as {@code conformance}
 * @param soak how long it must have been the upstream's tip; zero where it need not
 * @param upstreamHealth how old the last word on the health of the upstream's fleet may be; empty
 *     where nobody asks
 * @param approvals none where nobody need approve
 * @param budget what the change may do without somebody's acknowledgement
 */
public record Gates(
    List<String> evidence,
    Duration soak,
    Optional<Duration> upstreamHealth,
    Optional<Approvals> approvals,
    Optional<ChangeBudget> budget) {
  /** For a channel that takes whatever links. */
  public static final Gates NONE =
      new Gates(List.of(), Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty());

  public Gates {
    Invariant.distinct("the kinds of evidence", evidence);
    Invariant.holds(!soak.isNegative(), "a negative soak time: " + soak);
    evidence = evidence.stream().sorted().toList();
  }

  /**
   * Approvals by distinct people of a group, each by a key of theirs.
   *
   * @param count at least one
   */
  public record Approvals(int count, String group) {
    public Approvals {
      Invariant.holds(count > 0, "approvals by nobody: " + count);
    }
  }

  /**
   * What may be lost by a change before somebody must acknowledge it: resources of CloudFormation
   * and Kubernetes objects together.
   *
   * @param deleted most that it deletes
   * @param replaced most that it replaces
   */
  public record ChangeBudget(int deleted, int replaced) {
    public ChangeBudget {
      Invariant.holds(deleted >= 0 && replaced >= 0, "a budget below nothing");
    }
  }
}
