package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What the conditions and parameters of a template come to on a cluster that sets nothing. */
final class Conditions {
  /** More of them in a row no template has: each refers to the next one. */
  private static final int DEEPEST = 256;

  /** What others say in its place doubles with each of them where each refers to the next twice. */
  private static final int LONGEST = 4096;

  private final JsonNode template;
  private final Map<String, String> wires;
  private final Function<String, Optional<String>> values;
  private final Map<String, Switch> known = new TreeMap<>();
  private final Set<String> open = new TreeSet<>();

  /**
   * @param wires the symbols that the parameters of the template take their values from
   * @param values of symbols, where a cluster says nothing
   */
  Conditions(
      JsonNode template, Map<String, String> wires, Function<String, Optional<String>> values) {
    this.template = template;
    this.wires = wires;
    this.values = values;
  }

  /** On what the resource hangs. */
  Switch of(String id) {
    return on(template.path("Resources").path(id));
  }

  /** On what a resource or an output hangs. */
  Switch on(JsonNode part) {
    var condition = part.path("Condition");
    return condition.isTextual() ? named(condition.asText()) : Switch.NONE;
  }

  /** Once for each condition, however many refer to it; one that goes in a circle is unknown. */
  Switch named(String name) {
    var remembered = Optional.ofNullable(known.get(name));
    if (remembered.isPresent()) {
      return remembered.get();
    }
    if (open.size() >= DEEPEST || !open.add(name)) {
      return Switch.unknown(name);
    }
    var tree = template.path("Conditions").path(name);
    var found = new Switch(shortened(wired(tree).toString()), truth(tree));
    open.remove(name);
    known.put(name, found);
    return found;
  }

  private static String shortened(String wiring) {
    if (wiring.length() <= LONGEST) {
      return wiring;
    }
    var digest = Digest.of(wiring.getBytes(StandardCharsets.UTF_8)).toString();
    return wiring.contains("${") ? "${" + digest + "}" : digest;
  }

  /** With what other conditions say in their place, and symbols for parameters. */
  private JsonNode wired(JsonNode tree) {
    var factory = JsonNodeFactory.instance;
    if (tree.path("Condition").isTextual()) {
      return factory.textNode(named(tree.path("Condition").asText()).wiring());
    }
    if (tree.path("Ref").isTextual()) {
      return factory.textNode("${" + symbol(tree.path("Ref").asText()) + "}");
    }
    if (tree.isArray()) {
      var array = factory.arrayNode();
      tree.forEach(item -> array.add(wired(item)));
      return array;
    }
    var object = factory.objectNode();
    tree.properties().forEach(entry -> object.set(entry.getKey(), wired(entry.getValue())));
    return tree.isObject() ? object : tree;
  }

  /** What the parameter takes its value from: a symbol, or itself. */
  String symbol(String parameter) {
    return wires.getOrDefault(parameter, parameter);
  }

  boolean isParameter(String name) {
    return template.path("Parameters").has(name);
  }

  /** Its own default counts only where no symbol is passed for it. */
  Optional<String> value(String parameter) {
    return wires.containsKey(parameter)
        ? values.apply(symbol(parameter))
        : Trees.text(template.path("Parameters").path(parameter).path("Default"));
  }

  private Optional<Boolean> truth(JsonNode tree) {
    if (tree.path("Condition").isTextual()) {
      return named(tree.path("Condition").asText()).byDefault();
    }
    if (tree.has("Fn::Equals")) {
      return equal(tree.path("Fn::Equals").path(0), tree.path("Fn::Equals").path(1));
    }
    if (tree.has("Fn::Not")) {
      return truth(tree.path("Fn::Not").path(0)).map(it -> !it);
    }
    if (tree.has("Fn::And")) {
      return decided(truths(tree.path("Fn::And")), false);
    }
    return tree.has("Fn::Or") ? decided(truths(tree.path("Fn::Or")), true) : Optional.empty();
  }

  private List<Optional<Boolean>> truths(JsonNode parts) {
    var truths = new ArrayList<Optional<Boolean>>();
    parts.forEach(part -> truths.add(truth(part)));
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
    return value.has("Ref") ? value(value.path("Ref").asText()) : Optional.empty();
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
