package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Severity;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolValue;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.source.ConfigItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a release: their initial values, overridden by the config items of a cluster and
 * of its pools. An item is judged against the symbol table, not against what one cluster uses.
 */
final class Settings {
  private final ReleaseManifest manifest;
  private final SortedMap<String, Symbol> byKey = new TreeMap<>();
  private final Map<String, SymbolValue> initials = new HashMap<>();

  Settings(ReleaseManifest manifest) {
    this.manifest = manifest;
    manifest.symbols().values().stream()
        .filter(Symbol::isSetting)
        .forEach(symbol -> {
          byKey.put(symbol.key(), symbol);
          symbol.initial().ifPresent(initial -> initials.put(symbol.name(), initial));
        });
  }

  /** Gives every setting its value for the cluster. */
  void cluster(List<ConfigItem> items, Values values, Diagnostics.Collector diagnostics) {
    values.putAll(initials);
    for (var item : items) {
      setting(item, diagnostics, List.copyOf(byKey.keySet()))
          .ifPresent(setting -> override(setting, item, values, diagnostics));
    }
  }

  /** Overrides what a pool may override; a setting of the whole cluster is none of its business. */
  void pool(String pool, List<ConfigItem> items, Values values, Diagnostics.Collector diagnostics) {
    for (var item : items) {
      var found = setting(item, diagnostics, ofPools());
      if (found.isPresent() && found.get().scope() == Symbol.Scope.CLUSTER) {
        diagnostics.add(
            Diagnostic.at(
                item.span(),
                Code.MISPLACED_SETTING,
                "%s is a setting of the cluster, and pool %s can't have its own"
                    .formatted(item.key(), pool),
                "move it to the cluster's config_items; a pool may set "
                    + String.join(", ", ofPools())));
      } else {
        found.ifPresent(setting -> override(setting, item, values, diagnostics));
      }
    }
  }

  private List<String> ofPools() {
    var keys = new ArrayList<String>();
    byKey.forEach((key, setting) -> {
      if (setting.scope() == Symbol.Scope.POOL) {
        keys.add(key);
      }
    });
    return keys;
  }

  private Optional<Symbol> setting(
      ConfigItem item, Diagnostics.Collector diagnostics, List<String> allowed) {
    var key = item.key();
    var setting = Optional.ofNullable(byKey.get(key));
    if (setting.isEmpty()) {
      diagnostics.add(
          Optional.ofNullable(manifest.defunct().get(key))
              .map(remedy -> defunct(key, item.span(), remedy))
              .orElseGet(() -> unknown(key, item.span(), allowed)));
    }
    return setting;
  }

  private static Diagnostic defunct(String key, Span span, String remedy) {
    return new Diagnostic(
        Code.DEFUNCT_SETTING,
        Severity.WARNING,
        Optional.of(span),
        key + " is no setting any more and does nothing",
        List.of(),
        remedy);
  }

  private static Diagnostic unknown(String key, Span span, List<String> allowed) {
    return Diagnostic.at(
        span,
        Code.UNKNOWN_SETTING,
        key + " is no setting of this release: nothing would use its value",
        DidYouMean.remedy(key, allowed));
  }

  private static void override(
      Symbol setting, ConfigItem item, Values values, Diagnostics.Collector diagnostics) {
    setting
        .type()
        .parse(item.value())
        .ifPresentOrElse(
            value -> values.put(setting, value),
            () ->
                diagnostics.add(
                    Diagnostic.at(
                        item.span(),
                        Code.ILL_TYPED_SETTING,
                        "%s is \"%s\"".formatted(item.key(), item.value()),
                        "write "
                            + setting.type().expectation()
                            + setting
                                .initial()
                                .map(initial -> "; the default is " + shown(initial.inline()))
                                .orElse(""))));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "nothing" : value;
  }
}
