package dev.fairway.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What kind of nodes a pool has. Every pool names one profile; labels and taints belong to it.
 *
 * @param splitByZone one stack and Auto Scaling group a zone, so that volumes find their zone
 * @param spot spot instances, as a mixed instances policy
 * @param instanceStore local NVMe disks hold the ephemeral storage
 * @param gpu nodes offer {@code nvidia.com/gpu}
 * @param instanceTypes what a pool gets that names none; the first is the preferred one
 * @param labels beside the ones that every node has
 * @param taints by key, as {@code value:effect}
 */
public record Profile(
    String name,
    String purpose,
    boolean splitByZone,
    boolean spot,
    boolean instanceStore,
    boolean gpu,
    List<String> instanceTypes,
    SortedMap<String, String> labels,
    SortedMap<String, String> taints) {
  public Profile {
    instanceTypes = List.copyOf(instanceTypes);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    taints = Collections.unmodifiableSortedMap(new TreeMap<>(taints));
  }
}
