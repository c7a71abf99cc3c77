package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the conditions of a template come to on a cluster that sets nothing. */
final class Conditions {
  /** More deeply than this no template nests them, unless they go in a circle. */
  private static final int DEEPEST = 32;

  private final JsonNode template;
  private final Map<String, String> parameters;
  private final Switches switches;

  Conditions(String file, JsonNode template, Switches switches) {
    this.template = template;
    this.parameters = switches.parameters(file);
    this.switches = switches;
  }

  /** On what the resource hangs. */
  Switch of(String id) {
    var condition = template.path("Resources").path(id).path("Condition");
    if (!condition.isTextual()) {
      return Switch.NONE;
    }
    var named = named(condition);
    return new Switch(expanded(named, 0).toString(), truth(named, 0));
  }

  private static ObjectNode named(JsonNode condition) {
    return JsonNodeFactory.instance.objectNode().set("Condition", condition);
  }

  /** With what other conditions say in their place, and symbols for parameters. */
  private JsonNode expanded(JsonNode tree, int depth) {
    var factory = JsonNodeFactory.instance;
    if (depth > DEEPEST) {
      return tree;
    }
    if (tree.path("Condition").isTextual()) {
      return expanded(condition(tree), depth + 1);
    }
    if (tree.path("Ref").isTextual()) {
      return factory.textNode("${" + symbol(tree) + "}");
    }
    if (tree.isArray()) {
      var array = factory.arrayNode();
      tree.forEach(item -> array.add(expanded(item, depth + 1)));
      return array;
    }
    var object = factory.objectNode();
    tree.properties()
        .forEach(entry -> object.set(entry.getKey(), expanded(entry.getValue(), depth + 1)));
    return tree.isObject() ? object : tree;
  }

  private JsonNode condition(JsonNode named) {
    return template.path("Conditions").path(named.path("Condition").asText());
  }

  private String symbol(JsonNode ref) {
    var parameter = ref.path("Ref").asText();
    return parameters.getOrDefault(parameter, parameter);
  }

  private Optional<Boolean> truth(JsonNode tree, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    if (tree.path("Condition").isTextual()) {
      return truth(condition(tree), depth + 1);
    }
    if (tree.has("Fn::Equals")) {
      return equal(tree.path("Fn::Equals").path(0), tree.path("Fn::Equals").path(1));
    }
    if (tree.has("Fn::Not")) {
      return truth(tree.path("Fn::Not").path(0), depth + 1).map(it -> !it);
    }
    if (tree.has("Fn::And")) {
      return decided(truths(tree.path("Fn::And"), depth), false);
    }
    return tree.has("Fn::Or")
        ? decided(truths(tree.path("Fn::Or"), depth), true)
        : Optional.empty();
  }

  private List<Optional<Boolean>> truths(JsonNode parts, int depth) {
    var truths = new ArrayList<Optional<Boolean>>();
    parts.forEach(part -> truths.add(truth(part, depth + 1)));
    return truths;
  }

  /** One of the deciding kind is enough; otherwise none may be unknown. */
  private static Optional<Boolean> decided(List<Optional<Boolean>> truths, boolean deciding) {
    if (truths.contains(Optional.of(deciding))) {
      return Optional.of(deciding);
    }
    return truths.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(!deciding);
  }

  private Optional<Boolean> equal(JsonNode left, JsonNode right) {
    if (left.equals(right)) {
      return Optional.of(true);
    }
    return text(left).flatMap(one -> text(right).map(one::equals));
  }

  private Optional<String> text(JsonNode value) {
    if (value.isValueNode()) {
      return Optional.of(value.asText());
    }
    return value.has("Ref") ? switches.value(symbol(value)) : Optional.empty();
  }

  /** The template without some of its resources. */
  static JsonNode without(JsonNode template, Set<String> ids) {
    if (ids.isEmpty()) {
      return template;
    }
    ObjectNode rest = template.deepCopy();
    ((ObjectNode) rest.path("Resources")).remove(ids);
    return rest;
  }
}
