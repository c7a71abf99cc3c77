package dev.fairway.source;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Span;
import dev.fairway.source.YamlNode.Entry;
import dev.fairway.source.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a map by declaring its keys, each with its shape. What was declared is what is allowed, so
 * the list of keys stands nowhere else.
 */
final class ObjectReader {
  private final String what;
  private final Mapping mapping;
  private final Reading in;
  private final Set<String> declared = new LinkedHashSet<>();
  private final Set<String> unread = new LinkedHashSet<>();
  private final SequencedMap<String, String> missing = new LinkedHashMap<>();
  private final List<Diagnostic> broken = new ArrayList<>();

  /**
   * @param what the map is, such as "a node pool"
   */
  ObjectReader(String what, Mapping mapping, Reading in) {
    this.what = what;
    this.mapping = mapping;
    this.in = in;
  }

  <T> Field<T> required(String key, Shape<T> shape) {
    need(key, "");
    return declare(key, read(key, shape));
  }

  /** Makes the key required after all, for a reason such as " where ...". */
  void need(String key, String reason) {
    if (!has(key)) {
      missing.put(key, reason);
    }
  }

  <T> Field<T> optional(String key, Shape<T> shape, T fallback) {
    return declare(key, has(key) ? read(key, shape) : Optional.of(fallback));
  }

  /** A key without which there is no value. */
  <T> Field<T> optional(String key, Shape<T> shape) {
    return declare(key, read(key, shape));
  }

  private <T> Optional<T> read(String key, Shape<T> shape) {
    return mapping.child(key).flatMap(node -> shape.read(new Item(key, node, in)));
  }

  private <T> Field<T> declare(String key, Optional<T> value) {
    declared.add(key);
    if (has(key) && value.isEmpty()) {
      unread.add(key);
    }
    return new Field<>(key, value, span(key));
  }

  boolean has(String key) {
    return mapping.entry(key).isPresent();
  }

  /** Where the key's value stands, or the map where there is none. */
  Span span(String key) {
    return mapping.entry(key).map(entry -> in.span(entry.value())).orElse(span());
  }

  /** Where the key itself stands, or the map where there is none. */
  Span keySpan(String key) {
    return mapping.entry(key).map(entry -> in.span(entry.key())).orElse(span());
  }

  /** Where an item of the key's list stands. */
  Span itemSpan(String key, int index) {
    return mapping
        .child(key)
        .flatMap(list -> list.child(Integer.toString(index)))
        .map(in::span)
        .orElse(span(key));
  }

  private Span span() {
    return in.span(mapping);
  }

  void warn(Diagnostic diagnostic) {
    in.report(diagnostic);
  }

  /** Reports a rule between fields that does not hold. */
  void broken(Diagnostic diagnostic) {
    broken.add(diagnostic);
    in.report(diagnostic);
  }

  /**
   * The value, when every key was declared, every declared one could be read, and no rule is
   * broken.
   */
  <T> Optional<T> build(Supplier<T> value) {
    var unknown = unknown();
    reportMissing(reportUnknown(unknown));
    return mapping.complete()
            && unknown.isEmpty()
            && unread.isEmpty()
            && missing.isEmpty()
            && broken.isEmpty()
        ? Optional.of(value.get())
        : Optional.empty();
  }

  private List<Entry> unknown() {
    return mapping.entries().stream()
        .filter(entry -> !declared.contains(entry.key().text()))
        .toList();
  }

  /** Reports them, and answers with the keys that they were meant to be. */
  private Set<String> reportUnknown(List<Entry> unknown) {
    var free = declared.stream().filter(name -> !has(name)).toList();
    var choice = "remove it; the keys are " + String.join(", ", declared);
    Set<String> meant = new HashSet<>();
    for (var entry : unknown) {
      var word = DidYouMean.nearest(entry.key().text(), free);
      word.ifPresent(meant::add);
      in.report(
          Diagnostic.at(
              in.span(entry.key()),
              Code.UNKNOWN_KEY,
              "%s has no key %s".formatted(what, entry.key().shown()),
              word.map("did you mean %s?"::formatted).orElse(choice)));
    }
    return meant;
  }

  /** A misspelt key is one mistake: the key that was meant is then not missing as well. */
  private void reportMissing(Set<String> meant) {
    missing.forEach((key, reason) -> {
      if (mapping.complete() && !meant.contains(key)) {
        reportMissing(key, reason);
      }
    });
  }

  private void reportMissing(String key, String reason) {
    in.report(
        Diagnostic.at(
            span(), Code.MISSING_KEY, what + " needs the key " + key + reason, "add " + key));
  }
}
