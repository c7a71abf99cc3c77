package dev.fairway.diff.fleet;

import dev.fairway.model.Cluster;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a release changes about one cluster.
 *
 * @param nodes that are replaced, by template
 * @param time that replacing them takes, one after the other
 * @param components that are on
 */
public record ClusterImpact(
    Cluster cluster,
    Effect effect,
    SortedMap<String, NodeSpan> nodes,
    TimeSpan time,
    List<String> components) {
  public ClusterImpact {
    nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    components = List.copyOf(components);
  }
}
