package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What controllers say of an object. */
final class Conditions {
  private Conditions() {}

  /** A missing node when nobody says anything of it. */
  static JsonNode of(JsonNode object, String type) {
    for (var condition : object.path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean isTrue(JsonNode object, String type) {
    return of(object, type).path("status").asText().equals("True");
  }
}
