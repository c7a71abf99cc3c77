package dev.fairway.diff.fleet;

import dev.fairway.diff.Budget;
import dev.fairway.diff.Workloads;
import dev.fairway.model.Channel;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.release.Release;
import dev.fairway.source.ClusterSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changes about each cluster of a fleet, clusters with the same effect together.
 *
 * @param clusters of the fleet that are ready: nothing is deployed to others
 * @param notReady the others, which are still to be created or go; what they feel is not told
 * @param unchanged those of them that the new release leaves as they are, to the byte
 * @param classes the gravest first
 * @param waves in which clusters change, in order
 */
public record FleetImpact(
    int clusters,
    int notReady,
    int unchanged,
    List<EffectClass> classes,
    List<Unlinked> unlinked,
    List<WaveImpact> waves) {
  public FleetImpact {
    classes = List.copyOf(classes);
    unlinked = unlinked.stream().sorted().toList();
    waves = List.copyOf(waves);
  }

  /**
   * Links one cluster of each shape to both releases, on all processors; no assembly is kept. What
   * is wrong with a record whatever the release is not told here.
   *
   * @param channels by name, of which the waves are taken
   */
  public static FleetImpact between(
      Release before, Release after, List<ClusterSource> fleet, Map<String, Channel> channels) {
    return between(before, after, fleet, channels, Shapes.of(before, after));
  }

  static FleetImpact between(
      Release before,
      Release after,
      List<ClusterSource> fleet,
      Map<String, Channel> channels,
      Shapes shapes) {
    var ready = fleet.stream().filter(FleetImpact::isReady).toList();
    var notReady = fleet.size() - ready.size();
    if (before.digest().equals(after.digest())) {
      return new FleetImpact(ready.size(), notReady, ready.size(), List.of(), List.of(), List.of());
    }
    var workloads = Workloads.of(after);
    var findings = Linking.of(before, after, new Pace(workloads.grace()), shapes).findings(ready);
    return of(findings, notReady, workloads.budgets(), new Waves(channels));
  }

  private static boolean isReady(ClusterSource source) {
    return source.cluster().lifecycleStatus() == LifecycleStatus.READY;
  }

  private static FleetImpact of(
      List<Finding> findings, int notReady, List<Budget> budgets, Waves waves) {
    var changed = new ArrayList<ClusterImpact>();
    var unlinked = new ArrayList<Unlinked>();
    for (var finding : findings) {
      switch (finding) {
        case Finding.Failed(var failed) -> unlinked.add(failed);
        case Finding.Compared(var impact) -> {
          if (!impact.effect().isEmpty()) {
            changed.add(impact);
          }
        }
      }
    }
    return new FleetImpact(
        findings.size(),
        notReady,
        findings.size() - changed.size() - unlinked.size(),
        classes(changed, budgets, waves),
        unlinked,
        waves.of(changed));
  }

  private static List<EffectClass> classes(
      List<ClusterImpact> changed, List<Budget> budgets, Waves waves) {
    var classes = new HashMap<Effect, List<ClusterImpact>>();
    changed.forEach(
        impact -> classes.computeIfAbsent(impact.effect(), _ -> new ArrayList<>()).add(impact));
    return classes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> together(entry.getKey(), entry.getValue(), budgets, waves))
        .toList();
  }

  private static EffectClass together(
      Effect effect, List<ClusterImpact> members, List<Budget> budgets, Waves waves) {
    var nodes = new TreeMap<String, NodeSpan>();
    var inWaves = new TreeMap<String, Integer>();
    var on = new HashSet<String>();
    var time = TimeSpan.NONE;
    for (var member : members) {
      member.nodes().forEach((template, span) -> nodes.merge(template, span, NodeSpan::plus));
      inWaves.merge(waves.name(member), 1, Integer::sum);
      on.addAll(member.components());
      time = time.or(member.time());
    }
    var drained = nodes.keySet().stream().anyMatch(template -> !template.equals("etcd"));
    return new EffectClass(
        effect,
        members.stream().map(member -> member.cluster().alias()).toList(),
        nodes,
        time,
        inWaves,
        budgets.stream().filter(it -> drained && on.contains(it.component())).toList());
  }
}
