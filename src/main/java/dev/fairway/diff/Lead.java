package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/**
 * A property that a resource keeps for good, and what gives it another value.
 *
 * @param risk of another value of it
 * @param id of what it refers to; empty where a setting, a mapping or a condition gives it another
 *     value by itself
 * @param fate of that
 */
record Lead(String property, Risk risk, String id, Fate fate) {
  /** The surest first, and of those the worst. */
  static final Comparator<Lead> ORDER =
      Comparator.comparing(Lead::fate).reversed().thenComparing(Lead::risk).thenComparing(Lead::id);

  boolean isSure() {
    return fate == Fate.REPLACED;
  }

  String why() {
    return id.isEmpty()
        ? "its %s %s to another value".formatted(property, isSure() ? "comes" : "may come")
        : "because %s %s replaced".formatted(id, isSure() ? "is" : "may be");
  }

  /** Whether the value is another one once that is replaced. */
  boolean renews(JsonNode value) {
    return isSure() && !id.isEmpty() && Intrinsics.references(value).contains(id);
  }
}
