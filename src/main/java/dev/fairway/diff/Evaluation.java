package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What the values of a template come to by its parameters, mappings and conditions. */
final class Evaluation {
  /** Marks a value that each cluster has to say; no template has such a function. */
  private static final String UNKNOWN = "unknown";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");
  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private final JsonNode template;
  private final Conditions conditions;

  Evaluation(JsonNode template, Conditions conditions) {
    this.template = template;
    this.conditions = conditions;
  }

  Conditions conditions() {
    return conditions;
  }

  /** With symbols for parameters, and for conditions what they say. */
  JsonNode wired(JsonNode tree) {
    return rewritten(tree, this::wire);
  }

  private JsonNode wire(ObjectNode call) {
    if (call.has("Fn::If")) {
      var condition = conditions.named(call.path("Fn::If").path(0).asText());
      return choosing(call, FACTORY.textNode(condition.wiring()));
    }
    return substituted(call, parameter -> Optional.of("${" + conditions.symbol(parameter) + "}"));
  }

  /** On a cluster that sets nothing. */
  JsonNode byDefault(JsonNode tree) {
    return rewritten(tree, this::valued);
  }

  /** Whether it is that on each cluster that sets nothing. */
  static boolean isKnown(JsonNode valued) {
    return valued.findValue(UNKNOWN) == null;
  }

  private JsonNode valued(ObjectNode call) {
    if (call.has("Fn::If")) {
      var condition = conditions.named(call.path("Fn::If").path(0).asText());
      return condition
          .byDefault()
          .map(holds -> call.path("Fn::If").path(holds ? 1 : 2))
          .orElseGet(() -> choosing(call, unknown(condition.wiring())));
    }
    return call.has("Fn::FindInMap") ? mapped(call) : substituted(call, conditions::value);
  }

  /**
   * As who may do what is judged by: without what never holds, and with what decides in its place
   * where clusters do, as a {@link Switch}.
   */
  JsonNode granting(JsonNode tree) {
    return rewritten(tree, this::decided);
  }

  private JsonNode decided(ObjectNode call) {
    if (!call.has("Fn::If")) {
      return call.has("Fn::FindInMap") ? mapped(call) : call;
    }
    var condition = conditions.named(call.path("Fn::If").path(0).asText());
    return condition
        .byDefault()
        .filter(_ -> !condition.isWired())
        .map(holds -> call.path("Fn::If").path(holds ? 1 : 2))
        .orElseGet(() -> choosing(call, condition.label()));
  }

  private static JsonNode choosing(ObjectNode call, JsonNode condition) {
    var parts = call.path("Fn::If");
    return FACTORY
        .objectNode()
        .set("Fn::If", FACTORY.arrayNode().add(condition).add(parts.path(1)).add(parts.path(2)));
  }

  private static ObjectNode unknown(String what) {
    return FACTORY.objectNode().put(UNKNOWN, what);
  }

  /** What stands in the mapping; the whole of it where the keys are no texts. */
  private JsonNode mapped(ObjectNode call) {
    var keys = call.path("Fn::FindInMap");
    var mapping = template.path("Mappings").path(keys.path(0).asText());
    var value = mapping.path(keys.path(1).asText()).path(keys.path(2).asText());
    return value.isMissingNode() ? call.set("Mapping", mapping.deepCopy()) : value;
  }

  private JsonNode substituted(ObjectNode call, Function<String, Optional<String>> values) {
    var parameter = call.path("Ref").asText();
    if (conditions.isParameter(parameter)) {
      return values
          .apply(parameter)
          .<JsonNode>map(FACTORY::textNode)
          .orElseGet(() -> unknown(conditions.symbol(parameter)));
    }
    if (!call.path("Fn::Sub").isTextual()) {
      return call;
    }
    var text =
        VARIABLE
            .matcher(call.path("Fn::Sub").asText())
            .replaceAll(found -> Matcher.quoteReplacement(substitute(found.group(1), values)));
    var unknown =
        VARIABLE.matcher(text).results().anyMatch(it -> conditions.isParameter(it.group(1)));
    var sub = call.put("Fn::Sub", text);
    return unknown ? sub.put(UNKNOWN, text) : sub;
  }

  private String substitute(String variable, Function<String, Optional<String>> values) {
    var itself = "${" + variable + "}";
    return conditions.isParameter(variable) ? values.apply(variable).orElse(itself) : itself;
  }

  private static JsonNode rewritten(JsonNode tree, Function<ObjectNode, JsonNode> rule) {
    if (tree.isArray()) {
      var array = FACTORY.arrayNode();
      StreamSupport.stream(tree.spliterator(), false)
          .map(item -> rewritten(item, rule))
          .forEach(array::add);
      return array;
    }
    if (!tree.isObject()) {
      return tree;
    }
    var object = FACTORY.objectNode();
    tree.properties()
        .forEach(entry -> {
          var value = rewritten(entry.getValue(), rule);
          if (!Branch.isNothing(value)) {
            object.set(entry.getKey(), value);
          }
        });
    return rule.apply(object);
  }
}
