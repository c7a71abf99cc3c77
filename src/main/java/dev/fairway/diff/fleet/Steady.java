package dev.fairway.diff.fleet;

import dev.fairway.diff.ReleaseDiff;
import dev.fairway.model.Cluster;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change that leaves each symbol where it is, as most do. What it does to stacks is the same for
 * all clusters with pools of the same kinds, whatever their settings; what it does to a component
 * is the same for all that have it on. So clusters need not be alike in both to be told together.
 *
 * @param changed components of which the objects change
 * @param switches components that parts of node configs hang on
 */
record Steady(Set<String> changed, Set<String> switches) {
  /** Empty where a component, profile or template takes other values than before. */
  static Optional<Steady> of(Release before, Release after) {
    if (!isWiredAlike(before.manifest(), after.manifest())) {
      return Optional.empty();
    }
    var files = ReleaseDiff.changedFiles(before, after);
    var changed = new TreeSet<String>();
    var switches = new TreeSet<String>();
    var nodes = nodeConfigs(before) + nodeConfigs(after);
    for (var component : after.manifest().components()) {
      if (files.contains(component.file())) {
        changed.add(component.name());
      }
      if (component.enabledBy().filter(it -> nodes.contains(quoted(it))).isPresent()) {
        switches.add(component.name());
      }
    }
    return hangsOnOthers(after.manifest(), nodes)
        ? Optional.empty()
        : Optional.of(new Steady(changed, switches));
  }

  private static boolean isWiredAlike(ReleaseManifest before, ReleaseManifest after) {
    return before.components().equals(after.components())
        && before.order().equals(after.order())
        && before.profiles().equals(after.profiles())
        && before.templates().equals(after.templates())
        && before.defunct().equals(after.defunct())
        && before.files().keySet().equals(after.files().keySet());
  }

  /** Whether there are switches in node configs that are no component's. */
  private static boolean hangsOnOthers(ReleaseManifest manifest, String nodes) {
    var known =
        manifest.components().stream()
            .map(ComponentEntry::enabledBy)
            .flatMap(Optional::stream)
            .toList();
    return manifest.symbols().values().stream()
        .filter(symbol -> symbol.type() instanceof SymbolType.Bool)
        .map(Symbol::name)
        .anyMatch(name -> !known.contains(name) && nodes.contains(quoted(name)));
  }

  private static String quoted(String symbol) {
    return '"' + symbol + '"';
  }

  private static String nodeConfigs(Release release) {
    var text = new StringBuilder();
    // As far as the character after the slash.
    release
        .files()
        .subMap("nodes/", "nodes0")
        .values()
        .forEach(bytes -> text.append(new String(bytes, StandardCharsets.UTF_8)));
    return text.toString();
  }

  /**
   * What decides what becomes of a cluster's stacks.
   *
   * @param on the components that it has
   */
  Shape shape(Cluster cluster, List<String> on) {
    var states = new TreeMap<String, String>();
    switches.forEach(name -> states.put(name, Boolean.toString(on.contains(name))));
    return Shape.ofStacks(cluster, states);
  }
}
