package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What an object of admission is to be, told without the server: all of it is ours, for one name,
 * condition or selector more lifts a policy as well as another value does. Only labels, annotations
 * and the like may be others'.
 */
final class Overlay {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What the server fills in where we say nothing, wherever it stands. */
  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "failurePolicy", NODES.textNode("Fail"),
          "matchPolicy", NODES.textNode("Equivalent"),
          "namespaceSelector", NODES.objectNode(),
          "objectSelector", NODES.objectNode(),
          "port", NODES.numberNode(443),
          "reinvocationPolicy", NODES.textNode("Never"),
          "scope", NODES.textNode("*"),
          "timeoutSeconds", NODES.numberNode(10));

  /** Whom to trust as a webhook is known on the cluster only, and written there. */
  private static final String TRUST = "caBundle";

  private Overlay() {}

  /** The status, which is the server's, is left out. */
  static JsonNode of(ObjectNode live, ObjectNode ours) {
    var laid = (ObjectNode) filled(live, ours);
    laid.set("metadata", merged(live.path("metadata"), ours.path("metadata")));
    return laid;
  }

  /** Ours where we say something, and as it is everywhere else. */
  private static JsonNode merged(JsonNode live, JsonNode ours) {
    if (!(live instanceof ObjectNode object && ours.isObject())) {
      return ours;
    }
    var laid = object.deepCopy();
    ours.properties()
        .forEach(
            entry -> laid.set(entry.getKey(), merged(live.path(entry.getKey()), entry.getValue())));
    return laid;
  }

  /** Ours, and of what is there beside it only what the server fills in. */
  private static JsonNode filled(JsonNode live, JsonNode ours) {
    if (ours.isObject()) {
      var laid = NODES.objectNode();
      ours.properties()
          .forEach(entry ->
              laid.set(entry.getKey(), filled(live.path(entry.getKey()), entry.getValue())));
      live.properties().stream()
          .filter(entry -> !ours.has(entry.getKey()) && isFilledIn(entry))
          .forEach(entry -> laid.set(entry.getKey(), entry.getValue()));
      return laid;
    }
    if (ours.isArray()) {
      var items = Fields.items(live);
      var laid = NODES.arrayNode();
      Fields.items(ours)
          .forEach((label, item) ->
              laid.add(filled(items.getOrDefault(label, MissingNode.getInstance()), item)));
      return laid;
    }
    return ours;
  }

  private static boolean isFilledIn(Map.Entry<String, JsonNode> entry) {
    return entry.getKey().equals(TRUST) || entry.getValue().equals(DEFAULTS.get(entry.getKey()));
  }
}
