package dev.fairway.diff.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diff.Intrinsics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a template says of nodes.
 *
 * @param launch all that nodes are replaced for: launch templates, and the subnets of groups that
 *     CloudFormation rolls
 * @param parameters that it takes
 */
record NodeTemplate(JsonNode launch, Set<String> parameters, List<ScalingGroup> groups) {

  static NodeTemplate of(JsonNode template) {
    var launch = JsonNodeFactory.instance.objectNode();
    var groups = new ArrayList<ScalingGroup>();
    for (var resource : template.path("Resources").properties()) {
      switch (resource.getValue().path("Type").asText()) {
        case "AWS::EC2::LaunchTemplate" ->
            launch.set(resource.getKey(), resource.getValue().path("Properties"));
        case "AWS::AutoScaling::AutoScalingGroup" -> {
          groups.add(ScalingGroup.of(resource.getValue()));
          launch.set(resource.getKey(), identity(resource.getValue()));
        }
        default -> {}
      }
    }
    return new NodeTemplate(launch, Intrinsics.references(launch), List.copyOf(groups));
  }

  /** What replaces a group, or makes CloudFormation roll it. */
  private static ObjectNode identity(JsonNode group) {
    var identity = JsonNodeFactory.instance.objectNode();
    var properties = group.path("Properties");
    identity.set("name", properties.path("AutoScalingGroupName"));
    if (group.path("UpdatePolicy").has("AutoScalingRollingUpdate")) {
      identity.set("subnets", properties.path("VPCZoneIdentifier"));
    }
    return identity;
  }

  boolean hasNodes() {
    return !groups.isEmpty();
  }

  NodeSpan nodes(Map<String, String> parameters) {
    return groups.stream()
        .map(group -> group.nodes(parameters))
        .reduce(NodeSpan.NONE, NodeSpan::plus);
  }
}
