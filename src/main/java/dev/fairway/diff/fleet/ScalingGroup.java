package dev.fairway.diff.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * An Auto Scaling group of a template: how many nodes it has, and how long one takes to go and to
 * come at most.
 *
 * @param drain after which a node is taken away undrained; zero where nothing waits for it
 * @param boot after which a node that is not ready is given up
 */
record ScalingGroup(JsonNode min, JsonNode max, Duration drain, Duration boot) {

  static ScalingGroup of(JsonNode resource) {
    var properties = resource.path("Properties");
    var launching = hook(properties, "autoscaling:EC2_INSTANCE_LAUNCHING");
    return new ScalingGroup(
        properties.path("MinSize"),
        properties.path("MaxSize"),
        hook(properties, "autoscaling:EC2_INSTANCE_TERMINATING"),
        launching.isZero() ? patience(resource) : launching);
  }

  private static Duration hook(JsonNode properties, String transition) {
    return StreamSupport.stream(
            properties.path("LifecycleHookSpecificationList").spliterator(), false)
        .filter(hook -> hook.path("LifecycleTransition").asText().equals(transition))
        .map(hook -> Duration.ofSeconds(hook.path("HeartbeatTimeout").asLong()))
        .findFirst()
        .orElse(Duration.ZERO);
  }

  /** How long CloudFormation waits for a node's signal. */
  private static Duration patience(JsonNode resource) {
    var pause =
        resource.path("UpdatePolicy").path("AutoScalingRollingUpdate").path("PauseTime").asText();
    try {
      return Duration.parse(pause);
    } catch (DateTimeParseException _) {
      return Duration.ZERO;
    }
  }

  NodeSpan nodes(Map<String, String> parameters) {
    return new NodeSpan(number(min, parameters), number(max, parameters));
  }

  private static int number(JsonNode value, Map<String, String> parameters) {
    var text =
        value.has("Ref")
            ? parameters.getOrDefault(value.path("Ref").asText(), "0")
            : value.asText();
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
  }
}
