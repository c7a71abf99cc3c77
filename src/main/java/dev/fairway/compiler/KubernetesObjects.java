package dev.fairway.compiler;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.component.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A component's Kubernetes objects as trees, with the tokens of its whole-value fields in place.
 */
public final class KubernetesObjects {
  private static final ObjectMapper TYPES = new ObjectMapper();

  private KubernetesObjects() {}

  public static List<ObjectNode> of(Part part) {
    var objects = new ArrayList<ObjectNode>();
    for (var object : part.objects()) {
      ObjectNode tree = TYPES.valueToTree(object);
      prune(tree);
      objects.add(tree);
    }
    part.fields().forEach(field -> set(part, objects, field));
    return objects;
  }

  /** fabric8 writes what is absent as nothing, and now and then as null. */
  private static void prune(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.properties().removeIf(entry -> entry.getValue().isNull());
      object.properties().forEach(entry -> entry.setValue(shortest(entry.getValue())));
    }
    tree.forEach(KubernetesObjects::prune);
  }

  /** fabric8 holds the bounds of a schema as floating point; JavaScript writes 1.0 as 1. */
  private static JsonNode shortest(JsonNode value) {
    return value.isDouble() && value.doubleValue() == value.longValue()
        ? LongNode.valueOf(value.longValue())
        : value;
  }

  private static void set(Part part, List<ObjectNode> objects, Field field) {
    var target =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals(field.kind()))
            .filter(object -> object.path("metadata").path("name").asText().equals(field.name()))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    part.name() + ": no " + field.kind() + " " + field.name() + " for a field"));
    var pointer = JsonPointer.compile(field.pointer());
    var parent = target.at(pointer.head());
    var value = TextNode.valueOf(field.symbol().whole());
    var last = pointer.last().getMatchingProperty();
    switch (parent) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array -> array.set(Integer.parseInt(last), value);
      default ->
          target.withObject(pointer.head(), JsonNode.OverwriteMode.NULLS, true).set(last, value);
    }
  }
}
