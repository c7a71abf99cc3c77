package dev.fairway.diff.fleet;

/** What became of a cluster. */
sealed interface Finding {
  record Compared(ClusterImpact impact) implements Finding {}

  record Failed(Unlinked unlinked) implements Finding {}
}
