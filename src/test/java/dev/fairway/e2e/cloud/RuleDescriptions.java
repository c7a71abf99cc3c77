package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.cloud.Descriptions.Describer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Who may reach whom: security groups, their rules, and prefix lists. */
record RuleDescriptions(Ec2Client ec2) {

  Map<String, Describer> all() {
    return Map.of(
        "AWS::EC2::SecurityGroup", this::group,
        "AWS::EC2::SecurityGroupIngress", this::rule,
        "AWS::EC2::SecurityGroupEgress", this::rule,
        "AWS::EC2::PrefixList", this::prefixList);
  }

  private Optional<ObjectNode> group(Resource resource) {
    var found =
        NetworkDescriptions.first(
            ec2.describeSecurityGroups(request -> request.groupIds(resource.id()))
                .securityGroups());
    found.ifPresent(group -> {
      group.set("GroupDescription", group.path("Description"));
      var inline = group.putArray("SecurityGroupEgress");
      rules(resource.id()).stream()
          .filter(rule -> rule.isEgress())
          // Those that are resources of their own are judged as such.
          .filter(rule -> !resource.siblings().contains(rule.securityGroupRuleId()))
          .forEach(rule -> inline.add(inWords(rule, "Destination")));
    });
    return found;
  }

  private List<SecurityGroupRule> rules(String groupId) {
    var ofGroup = Filter.builder().name("group-id").values(groupId).build();
    return ec2.describeSecurityGroupRules(request -> request.filters(ofGroup)).securityGroupRules();
  }

  private Optional<ObjectNode> rule(Resource resource) {
    boolean isEgress = resource.type().endsWith("Egress");
    return ec2
        .describeSecurityGroupRules(request -> request.securityGroupRuleIds(resource.id()))
        .securityGroupRules()
        .stream()
        .filter(rule -> rule.isEgress() == isEgress)
        .findFirst()
        .map(rule -> inWords(rule, isEgress ? "Destination" : "Source"));
  }

  private static ObjectNode inWords(SecurityGroupRule rule, String other) {
    var words = Documents.of(rule);
    rename(words, "CidrIpv4", "CidrIp");
    rename(words, "PrefixListId", other + "PrefixListId");
    var group = words.path("ReferencedGroupInfo").path("GroupId");
    if (group.isTextual()) {
      words.set(other + "SecurityGroupId", group);
    }
    return words;
  }

  private static void rename(ObjectNode object, String from, String to) {
    var value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }

  private Optional<ObjectNode> prefixList(Resource resource) {
    var found =
        NetworkDescriptions.first(
            ec2.describeManagedPrefixLists(request -> request.prefixListIds(resource.id()))
                .prefixLists());
    found.ifPresent(list -> {
      var entries = list.putArray("Entries");
      ec2.getManagedPrefixListEntries(request -> request.prefixListId(resource.id()))
          .entries()
          .forEach(entry -> entries.add(Documents.of(entry)));
    });
    return found;
  }
}
