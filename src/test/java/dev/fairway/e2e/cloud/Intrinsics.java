package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudFormation's functions, those that our templates use, computed a second time: what an engine
 * makes of them is judged by this.
 */
final class Intrinsics {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}][^}]*)}");

  /** What a function's argument stands for; a name that there is not is an error. */
  interface Scope {
    /** A parameter's value, a resource's id or a pseudo parameter. */
    String ref(String name);

    String attribute(String logicalId, String attribute);

    String imported(String export);
  }

  private final Scope scope;
  private final JsonNode conditions;

  Intrinsics(Scope scope, JsonNode conditions) {
    this.scope = scope;
    this.conditions = conditions;
  }

  /** Whether a resource has no condition, or one that holds. */
  boolean isWanted(JsonNode resource) {
    return !resource.has("Condition") || holds(resource.get("Condition").asText());
  }

  private boolean holds(String condition) {
    return truth(conditions.path(condition));
  }

  private boolean truth(JsonNode expression) {
    if (expression.has("Fn::Equals")) {
      var sides = expression.get("Fn::Equals");
      return text(sides.get(0)).equals(text(sides.get(1)));
    }
    if (expression.has("Fn::Not")) {
      return !truth(expression.get("Fn::Not").get(0));
    }
    throw new IllegalArgumentException("not a condition of ours: " + expression);
  }

  /** Empty for what is of no value. */
  Optional<JsonNode> resolve(JsonNode node) {
    if (node.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> resolve(element).ifPresent(array::add));
      return Optional.of(array);
    }
    if (!node.isObject()) {
      return Optional.of(node);
    }
    var function = node.properties().stream().findFirst();
    if (node.size() == 1
        && function.map(Map.Entry::getKey).filter(Intrinsics::isFunction).isPresent()) {
      return call(function.get().getKey(), function.get().getValue());
    }
    var object = Documents.object();
    node.properties()
        .forEach(member ->
            resolve(member.getValue()).ifPresent(value -> object.set(member.getKey(), value)));
    return Optional.of(object);
  }

  private static boolean isFunction(String name) {
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  private Optional<JsonNode> call(String function, JsonNode argument) {
    if (function.equals("Fn::If")) {
      return resolve(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
    }
    if (function.equals("Ref") && argument.asText().equals("AWS::NoValue")) {
      return Optional.empty();
    }
    if (function.equals("Fn::Select")) {
      return Optional.of(resolve(argument.get(1)).orElseThrow().get(argument.get(0).asInt()));
    }
    if (function.equals("Fn::Cidr")) {
      return Optional.of(subnets(argument));
    }
    return Optional.of(TextNode.valueOf(string(function, argument)));
  }

  private String string(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" -> scope.ref(argument.asText());
      case "Fn::GetAtt" -> scope.attribute(argument.get(0).asText(), argument.get(1).asText());
      case "Fn::ImportValue" -> scope.imported(text(argument));
      case "Fn::Sub" ->
          PLACEHOLDER
              .matcher(argument.asText())
              .replaceAll(found -> Matcher.quoteReplacement(named(found.group(1))));
      case "Fn::Base64" ->
          Base64.getEncoder().encodeToString(text(argument).getBytes(StandardCharsets.UTF_8));
      default -> throw new IllegalArgumentException("not a function of ours: " + function);
    };
  }

  private String named(String name) {
    var parts = name.split("\\.", 2);
    return parts.length == 2 ? scope.attribute(parts[0], parts[1]) : scope.ref(name);
  }

  private JsonNode subnets(JsonNode argument) {
    var block = text(argument.get(0)).split("/", 2);
    int hostBits = Integer.parseInt(text(argument.get(2)));
    long start = 0;
    for (var part : block[0].split("\\.", -1)) {
      start = start << 8 | Integer.parseInt(part);
    }
    var array = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < Integer.parseInt(text(argument.get(1))); i++) {
      long address = start + ((long) i << hostBits);
      array.add(
          "%d.%d.%d.%d/%d"
              .formatted(
                  address >> 24 & 255,
                  address >> 16 & 255,
                  address >> 8 & 255,
                  address & 255,
                  32 - hostBits));
    }
    return array;
  }

  private String text(JsonNode node) {
    return resolve(node).orElseThrow().asText();
  }
}
