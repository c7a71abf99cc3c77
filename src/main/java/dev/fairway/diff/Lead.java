package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/**
 * A property that a resource keeps for good, and the resource to which it refers.
 *
 * @param risk of another value of it
 * @param id of what it refers to
 * @param fate of that
 */
record Lead(String property, Risk risk, String id, Fate fate) {
  /** The surest first, and of those the worst. */
  static final Comparator<Lead> ORDER =
      Comparator.comparing(Lead::fate).reversed().thenComparing(Lead::risk).thenComparing(Lead::id);

  boolean isSure() {
    return fate == Fate.REPLACED;
  }

  /** Whether the value is another one once that is replaced. */
  boolean renews(JsonNode value) {
    return isSure() && Intrinsics.references(value).contains(id);
  }
}
