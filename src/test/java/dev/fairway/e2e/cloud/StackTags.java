package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.link.Stack;
import java.util.Set;
import java.util.TreeSet;

/** The tags of a stack, which CloudFormation passes on to what takes tags. */
final class StackTags {
  private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";

  /** Types of ours that take no tags, or only as part of something else. */
  private static final Set<String> WITHOUT =
      Set.of(
          "AWS::EC2::LaunchTemplate",
          "AWS::EC2::Route",
          "AWS::EC2::SecurityGroupEgress",
          "AWS::EC2::SecurityGroupIngress",
          "AWS::EC2::SubnetRouteTableAssociation",
          "AWS::EC2::VPCGatewayAttachment",
          "AWS::IAM::InstanceProfile",
          "AWS::IAM::Policy",
          "AWS::Route53::RecordSet",
          "AWS::S3::BucketPolicy");

  private StackTags() {}

  /**
   * Wants them of a resource, unless it has its own, and takes away those that CloudFormation adds
   * by itself.
   */
  static void add(Stack stack, String type, ObjectNode wanted, ObjectNode actual) {
    if (WITHOUT.contains(type)) {
      return;
    }
    var tags = wanted.withArray("Tags");
    var own = new TreeSet<String>();
    tags.forEach(tag -> own.add(tag.path("Key").asText()));
    for (var stackTag : stack.tags().entrySet()) {
      if (!own.contains(stackTag.getKey())) {
        var tag = tags.addObject();
        tag.put("Key", stackTag.getKey()).put("Value", stackTag.getValue());
        if (type.equals(GROUP)) {
          tag.put("PropagateAtLaunch", true);
        }
      }
    }
    if (actual.get("Tags") instanceof ArrayNode answered) {
      answered.removeIf(tag -> tag.path("Key").asText().startsWith("aws:"));
    }
  }
}
