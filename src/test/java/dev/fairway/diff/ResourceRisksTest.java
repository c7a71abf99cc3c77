package dev.fairway.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.Release;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change to a resource or a default is told as: what is there before and after it. */
class ResourceRisksTest {
  static Risk worst(Release before, Release after) {
    return ReleaseDiff.between(before, after).differences().stream()
        .map(Difference::risk)
        .reduce(Risk.ORDINARY, Risk::or);
  }

  private static Arguments of(String what, String type, String was, String becomes, Risk risk) {
    return Arguments.of(what, type, was, becomes, risk);
  }

  static Arguments properties(String what, String type, String was, String becomes, Risk risk) {
    var inside = "'Properties': {%s}";
    return of(what, type, inside.formatted(was), inside.formatted(becomes), risk);
  }

  static Stream<Arguments> resources() {
    return Stream.of(
            identities(), ranges(), policies(), buckets(), refused(), statements(), conditions())
        .flatMap(it -> it);
  }

  private static Stream<Arguments> identities() {
    var arns = "'ManagedPolicyArns': [%s]";
    var boundary = "'PermissionsBoundary': '%s'";
    return Stream.of(
        properties(
            "a managed policy more",
            "AWS::IAM::Role",
            "",
            arns.formatted("'arn:aws:iam::aws:policy/AdministratorAccess'"),
            Risk.WIDER_ACCESS),
        properties(
            "a managed policy more, where a condition holds",
            "AWS::IAM::Role",
            arns.formatted("'arn:a'"),
            arns.formatted("'arn:a', {'Fn::If': ['C', 'arn:b', {'Ref': 'AWS::NoValue'}]}"),
            Risk.WIDER_ACCESS),
        properties(
            "a managed policy less",
            "AWS::IAM::Role",
            arns.formatted("'arn:a', 'arn:b'"),
            arns.formatted("'arn:a'"),
            Risk.REMOVAL),
        properties(
            "managed policies in another order",
            "AWS::IAM::Role",
            arns.formatted("'arn:a', 'arn:b'"),
            arns.formatted("'arn:b', 'arn:a'"),
            Risk.ORDINARY),
        properties(
            "a boundary gone",
            "AWS::IAM::Role",
            boundary.formatted("arn:a"),
            "",
            Risk.WIDER_ACCESS),
        properties(
            "another boundary",
            "AWS::IAM::Role",
            boundary.formatted("arn:a"),
            boundary.formatted("arn:b"),
            Risk.WIDER_ACCESS),
        properties(
            "a boundary now", "AWS::IAM::Role", "", boundary.formatted("arn:a"), Risk.ORDINARY),
        properties(
            "a policy given to one more",
            "AWS::IAM::Policy",
            "'Roles': [{'Ref': 'A'}]",
            "'Roles': [{'Ref': 'A'}, {'Ref': 'B'}]",
            Risk.WIDER_ACCESS));
  }

  private static Stream<Arguments> ranges() {
    var entries = "'Entries': [%s]";
    var rule = "'GroupId': 'g', 'IpProtocol': 'tcp', 'FromPort': 1, 'ToPort': 1, '%s': '%s'";
    return Stream.of(
        properties(
            "a prefix list with a range more",
            "AWS::EC2::PrefixList",
            entries.formatted("{'Cidr': '10.0.0.0/8'}"),
            entries.formatted("{'Cidr': '10.0.0.0/8'}, {'Cidr': '0.0.0.0/0'}"),
            Risk.WIDER_ACCESS),
        properties(
            "a prefix list with a range more, where a condition holds",
            "AWS::EC2::PrefixList",
            entries.formatted(""),
            entries.formatted("{'Fn::If': ['C', {'Cidr': {'Ref': 'P'}}, {'Ref': 'AWS::NoValue'}]}"),
            Risk.WIDER_ACCESS),
        properties(
            "a prefix list with a range less",
            "AWS::EC2::PrefixList",
            entries.formatted("{'Cidr': '10.0.0.0/8'}, {'Cidr': '10.1.0.0/16'}"),
            entries.formatted("{'Cidr': '10.0.0.0/8'}"),
            Risk.REMOVAL),
        properties(
            "another source",
            "AWS::EC2::SecurityGroupIngress",
            rule.formatted("SourcePrefixListId", "pl-1"),
            rule.formatted("SourcePrefixListId", "pl-2"),
            Risk.WIDER_ACCESS),
        properties(
            "another destination",
            "AWS::EC2::SecurityGroupEgress",
            rule.formatted("DestinationPrefixListId", "pl-1"),
            rule.formatted("DestinationPrefixListId", "pl-2"),
            Risk.WIDER_ACCESS),
        properties(
            "a rule where a condition holds",
            "AWS::EC2::SecurityGroup",
            "",
            "'SecurityGroupIngress': {'Fn::If': ['C', [{'IpProtocol': '-1', 'CidrIp':"
                + " '0.0.0.0/0'}], {'Ref': 'AWS::NoValue'}]}",
            Risk.WIDER_ACCESS));
  }

  private static Stream<Arguments> policies() {
    var deletion = "'DeletionPolicy': '%s'";
    var replace = "'UpdateReplacePolicy': '%s'";
    return Stream.of(
        of(
            "Retain gone",
            "AWS::EC2::Volume",
            deletion.formatted("Retain"),
            "'Properties': {}",
            Risk.DATA_LOSS),
        of(
            "Retain weakened",
            "AWS::EC2::Volume",
            deletion.formatted("RetainExceptOnCreate"),
            deletion.formatted("Snapshot"),
            Risk.DATA_LOSS),
        of(
            "Snapshot gone at replacement",
            "AWS::EC2::Volume",
            replace.formatted("Snapshot"),
            replace.formatted("Delete"),
            Risk.DATA_LOSS),
        of(
            "Retain gone of what holds nothing",
            "AWS::EC2::Subnet",
            deletion.formatted("Retain"),
            deletion.formatted("Delete"),
            Risk.ORDINARY),
        of(
            "Retain of another kind",
            "AWS::EC2::Volume",
            deletion.formatted("RetainExceptOnCreate"),
            deletion.formatted("Retain"),
            Risk.ORDINARY),
        of(
            "Retain now",
            "AWS::EC2::Volume",
            deletion.formatted("Delete"),
            deletion.formatted("Retain"),
            Risk.ORDINARY));
  }

  private static Stream<Arguments> buckets() {
    var block =
        "'PublicAccessBlockConfiguration': {'BlockPublicAcls': %s, 'BlockPublicPolicy': %s}";
    return Stream.of(
        properties(
            "public access unblocked",
            "AWS::S3::Bucket",
            block.formatted("true", "true"),
            "",
            Risk.WIDER_ACCESS),
        properties(
            "public access unblocked in part",
            "AWS::S3::Bucket",
            block.formatted("true", "true"),
            block.formatted("true", "false"),
            Risk.WIDER_ACCESS),
        properties(
            "public access blocked",
            "AWS::S3::Bucket",
            block.formatted("false", "true"),
            block.formatted("true", "true"),
            Risk.ORDINARY));
  }

  private static Stream<Arguments> refused() {
    return Stream.of(
        properties(
            "another kind of key",
            "AWS::KMS::Key",
            "'KeySpec': 'SYMMETRIC_DEFAULT'",
            "'KeySpec': 'RSA_4096'",
            Risk.REFUSED),
        properties(
            "another use of a key",
            "AWS::KMS::Key",
            "'KeyUsage': 'ENCRYPT_DECRYPT'",
            "'KeyUsage': 'SIGN_VERIFY'",
            Risk.REFUSED),
        properties(
            "a key of many regions", "AWS::KMS::Key", "", "'MultiRegion': true", Risk.REFUSED),
        properties(
            "a key from elsewhere", "AWS::KMS::Key", "", "'Origin': 'EXTERNAL'", Risk.REFUSED),
        properties(
            "a volume encrypted",
            "AWS::EC2::Volume",
            "'Encrypted': true",
            "'Encrypted': false",
            Risk.REFUSED),
        properties(
            "a volume's key",
            "AWS::EC2::Volume",
            "'KmsKeyId': 'a'",
            "'KmsKeyId': 'b'",
            Risk.REFUSED),
        properties(
            "a volume's snapshot", "AWS::EC2::Volume", "", "'SnapshotId': 'a'", Risk.REFUSED),
        properties(
            "a volume's zone",
            "AWS::EC2::Volume",
            "'AvailabilityZone': 'a'",
            "'AvailabilityZone': 'b'",
            Risk.REFUSED),
        properties("a volume's size", "AWS::EC2::Volume", "'Size': 1", "'Size': 2", Risk.ORDINARY));
  }

  private static Stream<Arguments> statements() {
    var policy = "'PolicyDocument': {'Statement': %s}";
    var one = "{'Effect': 'Allow', 'Action': '%s', 'Resource': '*'}";
    return Stream.of(
        properties(
            "another action in a statement that stands alone",
            "AWS::S3::BucketPolicy",
            policy.formatted(one.formatted("s3:GetObject")),
            policy.formatted(one.formatted("s3:*")),
            Risk.WIDER_ACCESS),
        properties(
            "a statement alone instead of a list of one",
            "AWS::S3::BucketPolicy",
            policy.formatted("[" + one.formatted("s3:GetObject") + "]"),
            policy.formatted(one.formatted("s3:GetObject")),
            Risk.ORDINARY),
        properties(
            "a denial that stands alone, gone",
            "AWS::S3::BucketPolicy",
            policy.formatted("{'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*'}"),
            policy.formatted("[]"),
            Risk.WIDER_ACCESS));
  }

  private static Stream<Arguments> conditions() {
    return Stream.of(
        of(
            "a condition that never holds, on what holds data",
            "AWS::S3::Bucket",
            "'Properties': {}",
            "'Condition': 'Never'",
            Risk.DATA_LOSS),
        of(
            "a condition that never holds, on what is kept",
            "AWS::S3::Bucket",
            "'DeletionPolicy': 'Retain'",
            "'DeletionPolicy': 'Retain', 'Condition': 'Never'",
            Risk.REMOVAL),
        of(
            "a condition that holds on some",
            "AWS::EC2::Subnet",
            "'Properties': {}",
            "'Condition': 'Somewhere'",
            Risk.REMOVAL),
        of(
            "a condition that always holds",
            "AWS::EC2::Subnet",
            "'Properties': {}",
            "'Condition': 'Always'",
            Risk.ORDINARY),
        of(
            "a role that some had, everywhere",
            "AWS::IAM::Role",
            "'Condition': 'Somewhere', 'Properties': {'ManagedPolicyArns': ['arn:a']}",
            "'Properties': {'ManagedPolicyArns': ['arn:a']}",
            Risk.WIDER_ACCESS));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("resources")
  void aResourceIsToldByItsTrueRisk(
      String what, String type, String was, String becomes, Risk risk) {
    assertThat(worst(resource(type, was), resource(type, becomes))).as(what).isEqualTo(risk);
  }

  static Stream<Arguments> defaults() {
    return Stream.of(
        Arguments.of("10.0.0.0/8", "0.0.0.0/0", Risk.WIDER_ACCESS),
        Arguments.of("10.0.0.0/8", "10.0.0.0/8,192.168.0.0/16", Risk.WIDER_ACCESS),
        Arguments.of("", "10.0.0.0/8", Risk.WIDER_ACCESS),
        Arguments.of("fd00::/8", "::/0", Risk.WIDER_ACCESS),
        Arguments.of("0.0.0.0/0", "10.0.0.0/8", Risk.ORDINARY),
        Arguments.of("10.0.0.0/8,10.1.0.0/16", "10.2.0.0/16", Risk.ORDINARY),
        Arguments.of("one", "two", Risk.ORDINARY));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void aDefaultThatLetsInMoreOpensTheWay(String was, String becomes, Risk risk) {
    assertThat(worst(parameter(was), parameter(becomes))).isEqualTo(risk);
    assertThat(worst(setting(was), setting(becomes))).isEqualTo(risk);
  }

  private static Release parameter(String value) {
    var template =
        "{\"Parameters\": {\"P\": {\"Type\": \"String\", \"Default\": \"%s\"}}}".formatted(value);
    return SmallRelease.of(template, "", "{}", "{}");
  }

  static Release setting(String value) {
    var text = new SymbolType.Text(".*", "anything", ".*");
    return SmallRelease.with(
        SmallRelease.manifest(""), List.of(), Symbol.setting("reach", text, value, "From where"));
  }

  static Release resource(String type, String rest) {
    return SmallRelease.of(
        """
        {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}, "Always": {"Fn::Not": [{"Condition": "Never"}]},
          "Somewhere": {"Fn::Equals": [{"Ref": "P"}, "b"]}, "C": {"Fn::Equals": [{"Ref": "P"}, "c"]}},
         "Parameters": {"P": {"Type": "String"}},
         "Resources": {"R": {"Type": "%s", %s}}}
        """
            .formatted(type, rest.replace('\'', '"')),
        "",
        "{}",
        "{}");
  }
}
