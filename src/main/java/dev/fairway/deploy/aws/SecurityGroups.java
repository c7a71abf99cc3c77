package dev.fairway.deploy.aws;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Those that controllers made for load balancers. They and the nodes' groups name each other in
 * their rules, and AWS deletes no group that a rule names: such rules are taken out first, of
 * groups of this cluster only.
 */
record SecurityGroups(Ec2Client ec2, Ownership ours) implements Made {

  @Override
  public String type() {
    return "AWS::EC2::SecurityGroup";
  }

  @Override
  public List<String> find() {
    return groups().filter(group -> ours.isMade(tags(group))).map(SecurityGroup::groupId).toList();
  }

  @Override
  public void delete(String id) {
    try {
      var _ = ec2.deleteSecurityGroup(request -> request.groupId(id));
    } catch (Ec2Exception e) {
      switch (Failing.code(e)) {
        case "InvalidGroup.NotFound" -> {}
        case "DependencyViolation" -> {
          revokeRulesThatName(id);
          throw e;
        }
        default -> throw e;
      }
    }
  }

  private void revokeRulesThatName(String id) {
    var groups =
        groups()
            .filter(group -> ours.isMade(tags(group)) || ours.isFairways(tags(group)))
            .map(SecurityGroup::groupId)
            .toList();
    var ofOurs = Filter.builder().name("group-id").values(groups).build();
    ec2
        .describeSecurityGroupRulesPaginator(request -> request.filters(ofOurs))
        .securityGroupRules()
        .stream()
        .filter(rule -> names(rule, id))
        .forEach(this::revoke);
  }

  private static boolean names(SecurityGroupRule rule, String id) {
    return rule.referencedGroupInfo() != null && id.equals(rule.referencedGroupInfo().groupId());
  }

  private void revoke(SecurityGroupRule rule) {
    if (Boolean.TRUE.equals(rule.isEgress())) {
      var _ =
          ec2.revokeSecurityGroupEgress(request ->
              request.groupId(rule.groupId()).securityGroupRuleIds(rule.securityGroupRuleId()));
    } else {
      var _ =
          ec2.revokeSecurityGroupIngress(request ->
              request.groupId(rule.groupId()).securityGroupRuleIds(rule.securityGroupRuleId()));
    }
  }

  private Stream<SecurityGroup> groups() {
    return ec2.describeSecurityGroupsPaginator().securityGroups().stream();
  }

  private static Map<String, String> tags(SecurityGroup group) {
    return group.tags().stream().collect(Collectors.toMap(Tag::key, Ownership.value(Tag::value)));
  }
}
