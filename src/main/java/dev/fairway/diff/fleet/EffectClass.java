package dev.fairway.diff.fleet;

import dev.fairway.diff.Budget;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Clusters about which a release changes the same.
 *
 * @param clusters by alias, sorted
 * @param nodes that are replaced in all of them, by template
 * @param longest that any of them takes
 * @param waves how many of the clusters are in each, named {@code channel/wave}, or {@code channel}
 *     where there is none
 * @param budgets that their nodes wait for when they drain, the worst first
 */
public record EffectClass(
    Effect effect,
    List<String> clusters,
    SortedMap<String, NodeSpan> nodes,
    TimeSpan longest,
    SortedMap<String, Integer> waves,
    List<Budget> budgets) {
  public EffectClass {
    clusters = clusters.stream().sorted().toList();
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    waves = Collections.unmodifiableSortedMap(new TreeMap<>(waves));
    budgets = List.copyOf(budgets);
  }

  public NodeSpan allNodes() {
    return nodes.values().stream().reduce(NodeSpan.NONE, NodeSpan::plus);
  }
}
