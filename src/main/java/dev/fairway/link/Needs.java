package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolValue;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.ConfigItem;
import java.util.Optional;

/**
 * Components that need settings which only a fleet can know. One for which a cluster gives none of
 * them is off; one for which it gives some must be given all.
 */
record Needs(ReleaseManifest manifest) {

  void judge(ClusterSource source, Values values, Diagnostics.Collector diagnostics) {
    for (var component : manifest.components()) {
      if (!component.needs().isEmpty()) {
        judge(component, source, values, diagnostics);
      }
    }
  }

  private void judge(
      ComponentEntry component,
      ClusterSource source,
      Values values,
      Diagnostics.Collector diagnostics) {
    var toggle = manifest.symbols().get(component.enabledBy().orElseThrow());
    if (values.get(toggle.name()).equals(new SymbolValue.Bool(false))) {
      return;
    }
    var missing =
        component.needs().stream()
            .filter(need -> values.get(need).inline().isEmpty())
            .map(manifest.symbols()::get)
            .toList();
    var wanted = item(source, toggle);
    if (missing.size() == component.needs().size() && wanted.isEmpty()) {
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
    return component.needs().stream()
        .map(manifest.symbols()::get)
        .flatMap(need -> item(source, need).stream())
        .findFirst();
  }

  private static Optional<Span> item(ClusterSource source, Symbol setting) {
    return source.configItems().stream()
        .filter(item -> item.key().equals(setting.key()))
        .map(ConfigItem::span)
        .findFirst();
  }
}
