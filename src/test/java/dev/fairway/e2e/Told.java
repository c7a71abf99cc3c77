package dev.fairway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.e2e.FairwayProcess.Ended;
import java.util.List;
import java.util.stream.StreamSupport;

/** What {@code --output json} told. */
record Told(JsonNode json) {
  static Told by(Ended ended) {
    return new Told(ended.json());
  }

  /** The names of what changed, in order. */
  List<String> changed() {
    return list(json.path("steps")).stream()
        .flatMap(step -> list(step.path("changes")).stream())
        .map(change -> change.path("name").asText())
        .toList();
  }

  boolean isChanged() {
    return json.path("changed").booleanValue();
  }

  List<String> messages(String code) {
    return list(json.path("diagnostics")).stream()
        .filter(diagnostic -> diagnostic.path("code").asText().equals(code))
        .map(diagnostic -> diagnostic.path("message").asText())
        .toList();
  }

  /** The groups that have instances of an older launch template. */
  List<String> outdated() {
    return list(json.path("outdatedInstances")).stream()
        .map(group -> group.path("group").asText() + " " + group.path("count").asInt())
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
