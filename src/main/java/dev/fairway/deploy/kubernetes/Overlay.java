package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What applying an object would make of another, as far as that can be known without the server: it
 * neither converts values nor takes fields away.
 */
final class Overlay {
  private Overlay() {}

  /** Ours where we say something, and as it is everywhere else. */
  static JsonNode of(JsonNode live, JsonNode ours) {
    if (live instanceof ObjectNode object && ours.isObject()) {
      var laid = object.deepCopy();
      ours.properties()
          .forEach(
              entry -> laid.set(entry.getKey(), of(object.path(entry.getKey()), entry.getValue())));
      return laid;
    }
    if (live.isArray() && ours.isArray() && live.size() == ours.size()) {
      var laid = JsonNodeFactory.instance.arrayNode();
      for (int index = 0; index < ours.size(); index++) {
        laid.add(of(live.get(index), ours.get(index)));
      }
      return laid;
    }
    return ours;
  }
}
