package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.SymbolValue;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.ConfigItem;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Components that need settings which only a fleet can know, or other components. One for which a
 * cluster gives none of those settings is off; one for which it gives some must be given all. One
 * is off as well when a component is that it needs.
 */
record Needs(ReleaseManifest manifest) {

  void judge(ClusterSource source, Values values, Diagnostics.Collector diagnostics) {
    for (var component : manifest.components()) {
      if (settings(component).findAny().isPresent()) {
        judge(component, source, values, diagnostics);
      }
    }
    followOthers(values);
  }

  /** What goes off takes along what needs it, which may be needed in turn. */
  private void followOthers(Values values) {
    boolean changed;
    do {
      changed = false;
      for (var component : manifest.components()) {
        changed |= follows(component, values);
      }
    } while (changed);
  }

  /** Whether it had to be switched off now. */
  private boolean follows(ComponentEntry component, Values values) {
    if (switches(component).noneMatch(it -> isOff(it, values))) {
      return false;
    }
    var toggle = toggle(component);
    var wasOn = !isOff(toggle, values);
    values.put(toggle, new SymbolValue.Bool(false));
    return wasOn;
  }

  private static boolean isOff(Symbol toggle, Values values) {
    return values.get(toggle.name()).equals(new SymbolValue.Bool(false));
  }

  private Symbol toggle(ComponentEntry component) {
    return Objects.requireNonNull(manifest.symbols().get(component.enabledBy().orElseThrow()));
  }

  private Stream<Symbol> settings(ComponentEntry component) {
    return needs(component).filter(need -> !(need.type() instanceof SymbolType.Bool));
  }

  /** Those of other components. */
  private Stream<Symbol> switches(ComponentEntry component) {
    return needs(component).filter(need -> need.type() instanceof SymbolType.Bool);
  }

  private Stream<Symbol> needs(ComponentEntry component) {
    return component.needs().stream()
        .map(name -> Objects.requireNonNull(manifest.symbols().get(name)));
  }

  private void judge(
      ComponentEntry component,
      ClusterSource source,
      Values values,
      Diagnostics.Collector diagnostics) {
    var toggle = toggle(component);
    if (isOff(toggle, values)) {
      return;
    }
    var missing =
        settings(component).filter(need -> values.get(need.name()).inline().isEmpty()).toList();
    var wanted = item(source, toggle);
    if (missing.size() == settings(component).count() && wanted.isEmpty()) {
      values.put(toggle, new SymbolValue.Bool(false));
      return;
    }
    for (var need : missing) {
      diagnostics.add(
          Diagnostic.at(
              wanted.or(() -> given(component, source)).orElseGet(() -> source.at("id")),
              Code.INCOMPLETE_COMPONENT,
              "%s is on and needs %s, which has no value".formatted(component.name(), need.key()),
              "set %s in the cluster's config_items: %s; or set %s to \"false\""
                  .formatted(need.key(), need.type().expectation(), toggle.key())));
    }
  }

  /** Whatever of its needs the record gives: somebody meant to have it. */
  private Optional<Span> given(ComponentEntry component, ClusterSource source) {
    return settings(component).flatMap(need -> item(source, need).stream()).findFirst();
  }

  private static Optional<Span> item(ClusterSource source, Symbol setting) {
    return source.configItems().stream()
        .filter(item -> item.key().equals(setting.key()))
        .map(ConfigItem::span)
        .findFirst();
  }
}
