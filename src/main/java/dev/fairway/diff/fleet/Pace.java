package dev.fairway.diff.fleet;

import java.time.Duration;

/**
 * How fast nodes are replaced: one at a time in a cluster, each drained before it goes.
 *
 * @param grace the longest that a pod of ours is given to end, of those that draining evicts
 */
record Pace(Duration grace) {
  /** From an instance's start to a ready node, on the machines that our profiles name. */
  static final Duration BOOT = Duration.ofMinutes(3);

  /** For nodes of a template, whose groups are all alike. */
  TimeSpan time(NodeTemplate template, NodeSpan nodes) {
    return template.groups().stream()
        .findFirst()
        .map(group -> time(group, nodes))
        .orElse(TimeSpan.NONE);
  }

  private TimeSpan time(ScalingGroup group, NodeSpan nodes) {
    var drain = group.drain().isZero() ? Duration.ZERO : grace;
    return new TimeSpan(
        drain.plus(BOOT).multipliedBy(nodes.least()),
        group.drain().plus(group.boot()).multipliedBy(nodes.most()));
  }
}
