package dev.fairway.platform.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** A template as CloudFormation gets it, for tests that say what a snapshot can't. */
record Synthesized(Template template, JsonNode json) {
  static Synthesized of(Function<App, Stack> stack) {
    var template = Template.fromStack(stack.apply(new App()));
    return new Synthesized(template, new ObjectMapper().valueToTree(template.toJSON()));
  }

  /** The resource, or an empty object where there is none. */
  JsonNode resource(String logicalId) {
    return json.path("Resources").path(logicalId);
  }

  JsonNode properties(String logicalId) {
    return resource(logicalId).path("Properties");
  }

  SortedMap<String, JsonNode> resources(String type) {
    var found = new TreeMap<String, JsonNode>();
    json.path("Resources")
        .properties()
        .forEach(entry -> {
          if (entry.getValue().path("Type").asText().equals(type)) {
            found.put(entry.getKey(), entry.getValue());
          }
        });
    return found;
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
