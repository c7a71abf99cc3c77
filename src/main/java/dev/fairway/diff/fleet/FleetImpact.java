package dev.fairway.diff.fleet;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Linkable;
import dev.fairway.link.Linker;
import dev.fairway.model.Channel;
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
 * @param clusters of the fleet
 * @param unchanged those of them that the new release leaves as they are, to the byte
 * @param classes the gravest first
 * @param waves in which clusters change, in order
 */
public record FleetImpact(
    int clusters,
    int unchanged,
    List<EffectClass> classes,
    List<Unlinked> unlinked,
    List<WaveImpact> waves) {
  public FleetImpact {
    classes = List.copyOf(classes);
    unlinked = unlinked.stream().sorted().toList();
    waves = List.copyOf(waves);
  }

  /** What became of a cluster. */
  private sealed interface Finding {}

  private record Compared(ClusterImpact impact) implements Finding {}

  private record Failed(Unlinked unlinked) implements Finding {}

  /**
   * Links every cluster to both releases, on all processors; no assembly is kept.
   *
   * @param channels by name, of which the waves are taken
   */
  public static FleetImpact between(
      Release before, Release after, List<ClusterSource> fleet, Map<String, Channel> channels) {
    if (before.digest().equals(after.digest())) {
      return new FleetImpact(fleet.size(), fleet.size(), List.of(), List.of(), List.of());
    }
    var left = Linkable.of(before);
    var right = Linkable.of(after);
    var workloads = Workloads.of(after);
    var diff = new ClusterDiff(left, right, new Pace(workloads.grace()));
    var was = new Linker(left);
    var becomes = new Linker(right);
    var findings =
        fleet.parallelStream()
            .map(source -> finding(source, was.link(source), becomes.link(source), diff))
            .toList();
    return of(findings, workloads.budgets(), new Waves(channels));
  }

  private static Finding finding(
      ClusterSource source, Outcome<Assembly> was, Outcome<Assembly> becomes, ClusterDiff diff) {
    var alias = source.cluster().alias();
    if (becomes.value().isEmpty()) {
      return new Failed(new Unlinked(alias, true, why(becomes)));
    }
    return was.value()
        .<Finding>map(
            from -> new Compared(diff.between(source.cluster(), from, becomes.value().get())))
        .orElseGet(() -> new Failed(new Unlinked(alias, false, why(was))));
  }

  private static String why(Outcome<Assembly> outcome) {
    return outcome.diagnostics().all().stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::message)
        .findFirst()
        .orElse("");
  }

  private static FleetImpact of(List<Finding> findings, List<Budget> budgets, Waves waves) {
    var changed = new ArrayList<ClusterImpact>();
    var unlinked = new ArrayList<Unlinked>();
    for (var finding : findings) {
      switch (finding) {
        case Failed(var failed) -> unlinked.add(failed);
        case Compared(var impact) -> {
          if (!impact.effect().isEmpty()) {
            changed.add(impact);
          }
        }
      }
    }
    var classes = new HashMap<Effect, List<ClusterImpact>>();
    changed.forEach(
        impact -> classes.computeIfAbsent(impact.effect(), _ -> new ArrayList<>()).add(impact));
    return new FleetImpact(
        findings.size(),
        findings.size() - changed.size() - unlinked.size(),
        classes.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> together(entry.getKey(), entry.getValue(), budgets, waves))
            .toList(),
        unlinked,
        waves.of(changed));
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
