package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.platform.cloud.Foundation;
import dev.fairway.platform.cloud.Template;
import dev.fairway.release.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of security groups in one form, from the facts and from a template: whether they stand
 * in a group or are resources of their own, which is all the same to EC2.
 */
final class ReachConfirmation {
  private static final List<String> PEERS =
      List.of(
          "SourceSecurityGroupId",
          "DestinationSecurityGroupId",
          "SourcePrefixListId",
          "DestinationPrefixListId",
          "CidrIp",
          "CidrIpv6");

  private ReachConfirmation() {}

  static Map<String, JsonNode> declared(Template facts) {
    var rules = new TreeMap<String, JsonNode>();
    for (var reach : facts.reach()) {
      var rule = JsonNodeFactory.instance.objectNode();
      rule.put("Direction", reach.direction().name());
      rule.set("GroupId", group(reach.owner()));
      rule.set("Peer", peer(reach.peer()));
      rule.put("IpProtocol", reach.protocol().ec2());
      reach
          .ports()
          .ifPresent(ports -> rule.put("FromPort", ports.from()).put("ToPort", ports.to()));
      rule.put("Description", reach.reason());
      reach
          .when()
          .ifPresent(when ->
              rule.putObject("Condition")
                  .putArray("Fn::Equals")
                  .add(JsonNodeFactory.instance.objectNode().put("Ref", when.symbol().parameter()))
                  .add(when.value()));
      put(rules, rule);
    }
    return rules;
  }

  private static JsonNode group(Reach.SecurityGroup group) {
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("Fn::GetAtt").add(Foundation.groupId(group)).add("GroupId");
    return json;
  }

  private static JsonNode peer(Reach.Peer peer) {
    return switch (peer) {
      case Reach.SecurityGroup group -> group(group);
      case Reach.Network(var cidr) -> CanonicalJson.TREES.valueToTree(cidr.cloudFormation());
      case Reach.PrefixList(var id) -> CanonicalJson.TREES.valueToTree(id.cloudFormation());
    };
  }

  static Map<String, JsonNode> found(JsonNode template) {
    var rules = new TreeMap<String, JsonNode>();
    template
        .path("Resources")
        .properties()
        .forEach(resource -> {
          var properties = resource.getValue().path("Properties");
          var condition =
              template.path("Conditions").path(resource.getValue().path("Condition").asText());
          switch (resource.getValue().path("Type").asText()) {
            case "AWS::EC2::SecurityGroupIngress" ->
                put(
                    rules,
                    rule(Direction.INGRESS, properties.path("GroupId"), properties, condition));
            case "AWS::EC2::SecurityGroupEgress" ->
                put(
                    rules,
                    rule(Direction.EGRESS, properties.path("GroupId"), properties, condition));
            case "AWS::EC2::SecurityGroup" -> inline(resource.getKey(), properties, rules);
            default -> {}
          }
        });
    return rules;
  }

  private static void inline(String id, JsonNode properties, Map<String, JsonNode> rules) {
    var group = JsonNodeFactory.instance.objectNode();
    group.putArray("Fn::GetAtt").add(id).add("GroupId");
    var always = MissingNode.getInstance();
    for (var rule : properties.path("SecurityGroupIngress")) {
      put(rules, rule(Direction.INGRESS, group, rule, always));
    }
    for (var rule : properties.path("SecurityGroupEgress")) {
      put(rules, rule(Direction.EGRESS, group, rule, always));
    }
  }

  private static ObjectNode rule(
      Direction direction, JsonNode group, JsonNode properties, JsonNode condition) {
    var rule = JsonNodeFactory.instance.objectNode();
    rule.put("Direction", direction.name());
    rule.set("GroupId", group);
    PEERS.stream()
        .filter(properties::has)
        .forEach(peer -> rule.set("Peer", properties.required(peer)));
    for (var same : List.of("IpProtocol", "FromPort", "ToPort", "Description")) {
      if (properties.has(same)) {
        rule.set(same, properties.required(same));
      }
    }
    if (!condition.isMissingNode()) {
      rule.set("Condition", condition);
    }
    return rule;
  }

  /** A rule is its own name: what differs in anything is another rule. */
  private static void put(Map<String, JsonNode> rules, ObjectNode rule) {
    rules.put(CanonicalJson.sorted(rule).toString(), rule);
  }
}
