package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a template that clusters have where a condition holds.
 *
 * @param tree without an {@code Fn::If} around it
 */
record Branch(JsonNode tree, Switch on) {
  /**
   * The items of a list as some cluster may have them: those of both branches where a condition
   * decides, and one alone as a list of one.
   */
  static List<Branch> items(JsonNode value) {
    return items(value, Switch.NONE);
  }

  static List<Branch> items(JsonNode value, Switch on) {
    if (value.isArray()) {
      return value.valueStream().flatMap(item -> items(item, on).stream()).toList();
    }
    if (isIf(value)) {
      return of(value, on).flatMap(it -> items(it.tree(), it.on()).stream()).toList();
    }
    return value.isMissingNode() || isNothing(value) ? List.of() : List.of(new Branch(value, on));
  }

  static boolean isIf(JsonNode value) {
    return value.has("Fn::If");
  }

  static boolean isNothing(JsonNode value) {
    return value.path("Ref").asText().equals("AWS::NoValue");
  }

  /** The two of an {@code Fn::If}. */
  static Stream<Branch> of(JsonNode value, Switch on) {
    var parts = value.path("Fn::If");
    var condition = Switch.labelled(parts.path(0));
    return Stream.of(
        new Branch(parts.path(1), on.and(condition)),
        new Branch(parts.path(2), on.and(condition.not())));
  }
}
