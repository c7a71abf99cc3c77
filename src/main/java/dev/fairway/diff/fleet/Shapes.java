package dev.fairway.diff.fleet;

import dev.fairway.diff.ReleaseDiff;
import dev.fairway.model.Cluster;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which clusters are sure to feel a change alike, so that one of them is linked for all.
 *
 * <p>Both releases give a cluster the same facts. A file that has the same symbols in the same
 * order on both sides therefore differs for all clusters or for none, whatever the values; one that
 * has others may not: who then wants settings is told apart by their values, who wants facts, such
 * as its region, is looked at alone. Settings that switch something, or that the releases
 * understand otherwise, always tell clusters apart.
 */
final class Shapes {
  private static final String SETTING = "setting.";

  private final boolean isAlone;
  private final Set<String> mattering;
  private final Optional<Steady> steady;

  private Shapes(boolean isAlone, Set<String> mattering, Optional<Steady> steady) {
    this.isAlone = isAlone;
    this.mattering = mattering;
    this.steady = steady;
  }

  static Shapes of(Release before, Release after) {
    var moved = new TreeSet<String>();
    for (var file : ReleaseDiff.changedFiles(before, after)) {
      if (file.startsWith("manifests/") || file.startsWith("nodes/")) {
        moved(holes(before, file), holes(after, file), moved);
      }
    }
    moved.addAll(otherSymbols(before.manifest(), after.manifest()));
    var steady = moved.isEmpty() ? Steady.of(before, after) : Optional.<Steady>empty();
    var facts = moved.stream().anyMatch(symbol -> !symbol.startsWith(SETTING));
    Stream.of(before, after)
        .flatMap(release -> release.manifest().symbols().values().stream())
        .filter(Shapes::isAlwaysMattering)
        .forEach(symbol -> moved.add(symbol.name()));
    return new Shapes(facts, moved, steady);
  }

  /** Each cluster for itself: what the shapes save is held against it. */
  static Shapes none() {
    return new Shapes(true, Set.of(), Optional.empty());
  }

  private static boolean isAlwaysMattering(Symbol symbol) {
    return symbol.isSetting()
        && (symbol.type() instanceof SymbolType.Bool || symbol.scope() == Symbol.Scope.POOL);
  }

  /** How clusters are told apart by less, where no symbol moved. */
  Optional<Steady> steady() {
    return steady;
  }

  /** The clusters by shape, in the order in which they are first seen. */
  <T> Collection<List<T>> group(List<T> sources, Function<T, Cluster> cluster) {
    return sources.stream()
        .collect(
            Collectors.groupingBy(
                source -> shape(cluster.apply(source)), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private Shape shape(Cluster cluster) {
    return Shape.of(cluster, isAlone, key -> mattering.contains(SETTING + key));
  }

  private static void moved(List<String> before, List<String> after, Set<String> moved) {
    addMoved(facts(before), facts(after), moved);
    addMoved(settings(before), settings(after), moved);
  }

  private static void addMoved(List<String> before, List<String> after, Set<String> moved) {
    if (!before.equals(after)) {
      moved.addAll(names(before));
      moved.addAll(names(after));
    }
  }

  private static List<String> facts(List<String> holes) {
    return holes.stream().filter(hole -> !hole.startsWith(SETTING)).toList();
  }

  private static List<String> settings(List<String> holes) {
    return holes.stream().filter(hole -> hole.startsWith(SETTING)).toList();
  }

  private static List<String> names(List<String> holes) {
    return holes.stream().map(hole -> hole.replaceFirst(" .*", "")).toList();
  }

  /** The symbols of a file in order, and then how each is written. */
  private static List<String> holes(Release release, String file) {
    var text =
        Optional.ofNullable(release.files().get(file))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    return Stream.concat(
            Symbol.tokens(text).results().map(token -> token.group(2) + " " + token.group(1)),
            release.manifest().slots().stream()
                .filter(slot -> slot.file().equals(file))
                .map(Shapes::written)
                .sorted())
        .toList();
  }

  private static String written(Slot slot) {
    return slot.symbol() + " " + slot.encoding();
  }

  /** Those that mean something else, or that only one release has. */
  private static Set<String> otherSymbols(ReleaseManifest before, ReleaseManifest after) {
    var names = new TreeSet<>(before.symbols().keySet());
    names.addAll(after.symbols().keySet());
    names.removeIf(
        name -> Objects.equals(meaning(before.symbols(), name), meaning(after.symbols(), name)));
    return names;
  }

  private static String meaning(Map<String, Symbol> symbols, String name) {
    return Optional.ofNullable(symbols.get(name))
        .map(symbol -> symbol.scope() + " " + symbol.type() + " " + symbol.initial())
        .orElse("");
  }
}
