package dev.fairway.diff;

import static dev.fairway.diff.ResourceRisksTest.properties;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what and reach whom: what is told as wider, and what surely is narrower. */
class AccessRisksTest {
  static Stream<Arguments> resources() {
    return Stream.of(given(), outward(), narrower(), narrowerStatements(), branches())
        .flatMap(it -> it);
  }

  /** Roles and groups that somebody is given. */
  private static Stream<Arguments> given() {
    var profile = "'LaunchTemplateData': {'IamInstanceProfile': %s}";
    var groups = "'SecurityGroups': [%s]";
    return Stream.of(
        properties(
            "another role for instances",
            "AWS::IAM::InstanceProfile",
            "'Roles': [{'Ref': 'WorkerRole'}]",
            "'Roles': [{'Ref': 'MasterRole'}]",
            Risk.WIDER_ACCESS),
        properties(
            "another profile for instances",
            "AWS::EC2::LaunchTemplate",
            profile.formatted("{'Name': 'worker'}"),
            profile.formatted("{'Name': 'master'}"),
            Risk.WIDER_ACCESS),
        properties(
            "another profile for instances, where a condition holds",
            "AWS::EC2::LaunchTemplate",
            profile.formatted("{'Name': 'worker'}"),
            profile.formatted("{'Fn::If': ['C', {'Arn': 'master'}, {'Name': 'worker'}]}"),
            Risk.WIDER_ACCESS),
        properties(
            "another group for instances",
            "AWS::EC2::LaunchTemplate",
            "'LaunchTemplateData': {'SecurityGroupIds': ['a']}",
            "'LaunchTemplateData': {'SecurityGroupIds': ['a', 'b']}",
            Risk.WIDER_ACCESS),
        properties(
            "another group for a load balancer",
            "AWS::ElasticLoadBalancing::LoadBalancer",
            groups.formatted("'a'"),
            groups.formatted("'b'"),
            Risk.WIDER_ACCESS),
        properties(
            "a group less for a load balancer",
            "AWS::ElasticLoadBalancing::LoadBalancer",
            groups.formatted("'a', 'b'"),
            groups.formatted("'b'"),
            Risk.REMOVAL));
  }

  private static Stream<Arguments> outward() {
    var egress = "'SecurityGroupEgress': [%s]";
    var one = "{'IpProtocol': 'tcp', 'FromPort': 9, 'ToPort': 9, 'CidrIp': '10.0.0.0/8'}";
    return Stream.of(
        properties(
            "no rule outward, which AWS takes for all",
            "AWS::EC2::SecurityGroup",
            egress.formatted(one),
            "",
            Risk.WIDER_ACCESS),
        properties(
            "an empty list of rules outward",
            "AWS::EC2::SecurityGroup",
            egress.formatted(one),
            egress.formatted(""),
            Risk.WIDER_ACCESS),
        properties(
            "a rule outward at last",
            "AWS::EC2::SecurityGroup",
            "",
            egress.formatted(one),
            Risk.REMOVAL));
  }

  private static Stream<Arguments> narrower() {
    var rule = "{'IpProtocol': '%s', 'FromPort': %d, 'ToPort': %d, '%s': '%s'}";
    var wide = rule.formatted("tcp", 1, 100, "CidrIp", "10.0.0.0/8");
    var all = "{'IpProtocol': '-1', 'CidrIp': '10.0.0.0/8'}";
    var six = rule.formatted("tcp", 1, 100, "CidrIpv6", "::/0");
    return Stream.of(
        way(wide, rule.formatted("tcp", 1, 100, "CidrIp", "10.1.0.0/16"), Risk.REMOVAL),
        way(wide, rule.formatted("tcp", 20, 30, "CidrIp", "10.0.0.0/8"), Risk.REMOVAL),
        way(all, wide, Risk.REMOVAL),
        way(six, rule.formatted("tcp", 1, 100, "CidrIpv6", "fd00::/8"), Risk.REMOVAL),
        way(wide, rule.formatted("tcp", 20, 101, "CidrIp", "10.0.0.0/8"), Risk.WIDER_ACCESS),
        way(wide, rule.formatted("tcp", 0, 30, "CidrIp", "10.0.0.0/8"), Risk.WIDER_ACCESS),
        way(wide, rule.formatted("udp", 20, 30, "CidrIp", "10.0.0.0/8"), Risk.WIDER_ACCESS),
        way(wide, rule.formatted("tcp", 20, 30, "CidrIp", "10.0.0.0/7"), Risk.WIDER_ACCESS),
        way(wide, all, Risk.WIDER_ACCESS),
        way(
            rule.formatted("icmp", 3, 8, "CidrIp", "10.0.0.0/8"),
            rule.formatted("icmp", 4, 4, "CidrIp", "10.0.0.0/8"),
            Risk.WIDER_ACCESS));
  }

  private static Arguments way(String was, String becomes, Risk risk) {
    var ingress = "'SecurityGroupIngress': [%s]";
    return properties(
        "from " + was + " to " + becomes,
        "AWS::EC2::SecurityGroup",
        ingress.formatted(was),
        ingress.formatted(becomes),
        risk);
  }

  private static Stream<Arguments> narrowerStatements() {
    var all = "'Action': 'kms:*', 'Resource': '*'";
    var when = ", 'Condition': {'StringEquals': {'a': 'b'}}";
    var arn = "'Action': 'kms:Decrypt', 'Resource': 'arn:aws:kms:%s:1:key/%s'";
    return Stream.of(
        allowed("Allow", all, "'Action': 'kms:Decrypt', 'Resource': '*'", Risk.ORDINARY),
        allowed("Allow", all, "'Action': 'kms:*', 'Resource': 'arn:x'", Risk.REMOVAL),
        allowed("Allow", all, all + when, Risk.REMOVAL),
        allowed("Allow", all, "'Action': ['kms:*'], 'Resource': ['*']", Risk.ORDINARY),
        allowed("Allow", all, "'Action': 's3:*', 'Resource': '*'", Risk.WIDER_ACCESS),
        allowed("Allow", all + when, all, Risk.WIDER_ACCESS),
        allowed("Allow", all + when, all + when.replace("'b'", "'c'"), Risk.WIDER_ACCESS),
        allowed("Allow", all, "'NotAction': 'kms:*', 'Resource': '*'", Risk.WIDER_ACCESS),
        allowed("Allow", all, "'Action': 'kms:*', 'NotResource': 'x'", Risk.WIDER_ACCESS),
        allowed("Allow", arn.formatted("*", "a*"), arn.formatted("r", "ab"), Risk.REMOVAL),
        allowed("Allow", arn.formatted("*", "a"), arn.formatted("r", "b"), Risk.WIDER_ACCESS),
        allowed("Allow", arn.formatted("r", "a"), arn.formatted("*", "a"), Risk.WIDER_ACCESS),
        allowed("Allow", arn.formatted("r", "a?"), arn.formatted("r", "a*"), Risk.WIDER_ACCESS),
        allowed(
            "Allow",
            "'Action': ['a:b', 'a:c'], 'Resource': ['x', 'y']",
            "'Action': 'a:b', 'Resource': 'y'",
            Risk.REMOVAL),
        allowed("Deny", all, "'Action': 'kms:Decrypt', 'Resource': '*'", Risk.WIDER_ACCESS),
        allowed("Deny", "'Action': 'kms:Decrypt', 'Resource': '*'", all, Risk.ORDINARY),
        allowed(
            "Deny",
            "'Action': 'a:b', 'Resource': 'x'",
            "'Action': 'a:b', 'Resource': ['x', 'y']",
            Risk.REMOVAL),
        properties(
            "two statements in one",
            "AWS::S3::BucketPolicy",
            "'PolicyDocument': {'Statement': [{'Effect': 'Allow', 'Action': 'a:b', 'Resource':"
                + " 'x'}, {'Effect': 'Allow', 'Action': 'a:c', 'Resource': 'x'}]}",
            "'PolicyDocument': {'Statement': [{'Effect': 'Allow', 'Action': ['a:b', 'a:c'],"
                + " 'Resource': 'x'}]}",
            Risk.REMOVAL),
        properties(
            "two statements crossed",
            "AWS::S3::BucketPolicy",
            "'PolicyDocument': {'Statement': [{'Effect': 'Allow', 'Action': 'a:b', 'Resource':"
                + " 'x'}, {'Effect': 'Allow', 'Action': 'a:c', 'Resource': 'y'}]}",
            "'PolicyDocument': {'Statement': [{'Effect': 'Allow', 'Action': ['a:b', 'a:c'],"
                + " 'Resource': ['x', 'y']}]}",
            Risk.WIDER_ACCESS));
  }

  private static Arguments allowed(String effect, String was, String becomes, Risk risk) {
    var policy = "'PolicyDocument': {'Statement': [{'Effect': '%s', %s}]}";
    return properties(
        effect + " from " + was + " to " + becomes,
        "AWS::S3::BucketPolicy",
        policy.formatted(effect, was),
        policy.formatted(effect, becomes),
        risk);
  }

  /** What stands in a branch, and what decides between them. */
  private static Stream<Arguments> branches() {
    var nothing = "{'Ref': 'AWS::NoValue'}";
    var rule = "{'IpProtocol': 'tcp', 'FromPort': 22, 'ToPort': 22, 'CidrIp': '0.0.0.0/0'}";
    var rules = "'SecurityGroupIngress': [{'Fn::If': ['%s', %s, %s]}]";
    var allow = "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}";
    var policy = "'PolicyDocument': {'Statement': [%s]}";
    var chosen = policy.formatted("{'Fn::If': ['%s', %s, %s]}");
    var effect = "{'Effect': %s, 'Action': '*', 'Resource': '*'}";
    var principal = "{'Effect': 'Allow', 'Action': '*', 'Principal': %s}";
    var group = "AWS::EC2::SecurityGroup";
    var bucket = "AWS::S3::BucketPolicy";
    return Stream.of(
        properties(
            "a rule's condition holds now",
            group,
            rules.formatted("Never", rule, nothing),
            rules.formatted("Always", rule, nothing),
            Risk.WIDER_ACCESS),
        properties(
            "a rule's condition holds no longer",
            group,
            rules.formatted("Always", rule, nothing),
            rules.formatted("Never", rule, nothing),
            Risk.REMOVAL),
        properties(
            "a rule in the other branch",
            group,
            rules.formatted("C", rule, nothing),
            rules.formatted("C", nothing, rule),
            Risk.WIDER_ACCESS),
        properties(
            "a rule under another condition",
            group,
            rules.formatted("C", rule, nothing),
            rules.formatted("Somewhere", rule, nothing),
            Risk.WIDER_ACCESS),
        properties(
            "a rule that some had, in both branches",
            group,
            rules.formatted("C", rule, nothing),
            "'SecurityGroupIngress': [%s]".formatted(rule),
            Risk.WIDER_ACCESS),
        properties(
            "a statement's condition holds now",
            bucket,
            chosen.formatted("Never", allow, nothing),
            chosen.formatted("Always", allow, nothing),
            Risk.WIDER_ACCESS),
        properties(
            "a statement in the other branch",
            bucket,
            chosen.formatted("C", allow, nothing),
            chosen.formatted("C", nothing, allow),
            Risk.WIDER_ACCESS),
        properties(
            "an effect that is decided elsewhere",
            bucket,
            policy.formatted(effect.formatted("'Deny'")),
            policy.formatted(effect.formatted("{'Fn::If': ['C', 'Allow', 'Deny']}")),
            Risk.WIDER_ACCESS),
        properties(
            "an effect that comes to the other",
            bucket,
            policy.formatted(effect.formatted("{'Fn::If': ['Never', 'Allow', 'Deny']}")),
            policy.formatted(effect.formatted("{'Fn::If': ['Always', 'Allow', 'Deny']}")),
            Risk.WIDER_ACCESS),
        properties(
            "principals in the other branches",
            bucket,
            policy.formatted(principal.formatted("{'Fn::If': ['C', {'AWS': '*'}, {'AWS': 'a'}]}")),
            policy.formatted(principal.formatted("{'Fn::If': ['C', {'AWS': 'a'}, {'AWS': '*'}]}")),
            Risk.WIDER_ACCESS),
        properties(
            "a condition that only some have, gone",
            bucket,
            policy.formatted(
                principal.formatted(
                    "'*', 'Condition': {'Fn::If': ['C', {'Bool': {'a': 'true'}}, {'Bool': {'b':"
                        + " 'true'}}]}")),
            policy.formatted(principal.formatted("'*'")),
            Risk.WIDER_ACCESS),
        properties(
            "a statement that is a text", bucket, "", policy.formatted("'x'"), Risk.WIDER_ACCESS));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("resources")
  void whatCannotBeProvedNarrowerIsTold(
      String what, String type, String was, String becomes, Risk risk) {
    var before = ResourceRisksTest.resource(type, was);
    var after = ResourceRisksTest.resource(type, becomes);

    assertThat(ResourceRisksTest.worst(before, after)).as(what).isEqualTo(risk);
  }
}
