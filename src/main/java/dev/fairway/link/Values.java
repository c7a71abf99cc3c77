package dev.fairway.link;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The values of symbols for one cluster, pool or stack; a narrower one sees those of the wider. A
 * symbol without a value is reported once and stands for nothing, so that linking finds the next.
 */
final class Values {
  private final Map<String, SymbolValue> values;
  private final Reports reports;

  /** Where a cluster's problems go. */
  private record Reports(Span record, Diagnostics.Collector diagnostics, Set<String> missing) {}

  private Values(Map<String, SymbolValue> values, Reports reports) {
    this.values = values;
    this.reports = reports;
  }

  static Values of(Span record, Diagnostics.Collector diagnostics) {
    return new Values(new HashMap<>(), new Reports(record, diagnostics, new HashSet<>()));
  }

  /** A copy that may be narrowed without changing this one. */
  Values narrowed() {
    return new Values(new HashMap<>(values), reports);
  }

  void put(Symbol symbol, SymbolValue value) {
    if (!symbol.type().admits(value)) {
      report(
          Code.ILL_TYPED_SYMBOL,
          "%s is %s, which is not %s"
              .formatted(symbol.name(), value.inline(), symbol.type().expectation()),
          "correct what the cluster's record says, from which it follows");
    }
    values.put(symbol.name(), value);
  }

  /** Takes over values, by symbol, that are known to be of its type. */
  void putAll(Map<String, SymbolValue> admitted) {
    values.putAll(admitted);
  }

  SymbolValue get(String symbol) {
    var value = values.get(symbol);
    if (value != null) {
      return value;
    }
    if (reports.missing().add(symbol)) {
      missing(symbol);
    }
    return new SymbolValue.Text("");
  }

  boolean has(String symbol) {
    return values.containsKey(symbol);
  }

  private void missing(String symbol) {
    var setting = symbol.startsWith("setting.");
    report(
        Code.MISSING_SYMBOL,
        setting
            ? "the setting " + symbol.substring("setting.".length()) + " has no value"
            : "nothing gives " + symbol + " a value",
        setting
            ? "set it in the cluster's config_items"
            : "compile the release with the fairway that links it");
  }

  /** Reports that an encoding can't write a value. */
  String unwritable(String symbol, String file, SymbolValue value) {
    report(
        Code.ILL_TYPED_SYMBOL,
        "%s is \"%s\", which can't stand in %s".formatted(symbol, value.inline(), file),
        "use letters, digits and ._:/@,=+- only");
    return "";
  }

  private void report(Code code, String message, String remedy) {
    reports.diagnostics().add(Diagnostic.at(reports.record(), code, message, remedy));
  }
}
