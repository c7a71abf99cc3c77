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

/** What one difference is told as: what is in a release before it and after it, and the risk. */
class RisksTest {
  private static Risk worst(Release before, Release after) {
    return ReleaseDiff.between(before, after).differences().stream()
        .map(Difference::risk)
        .reduce(Risk.ORDINARY, Risk::or);
  }

  private static Arguments of(String what, String type, String was, String becomes, Risk risk) {
    return Arguments.of(what, type, was, becomes, risk);
  }

  private static Arguments properties(
      String what, String type, String was, String becomes, Risk risk) {
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
    var template = "{'Parameters': {'P': {'Type': 'String', 'Default': '%s'}}}";
    return SmallRelease.of(template.formatted(value).replace('\'', '"'), "", "{}", "{}");
  }

  private static Release setting(String value) {
    var text = new SymbolType.Text(".*", "anything", ".*");
    return SmallRelease.with(
        SmallRelease.manifest(""), List.of(), Symbol.setting("reach", text, value, "From where"));
  }

  private static Release resource(String type, String rest) {
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

  static Stream<Arguments> objects() {
    return Stream.of(roles(), definitions(), admission(), services()).flatMap(it -> it);
  }

  private static Arguments object(String what, String kind, String was, String becomes, Risk risk) {
    return Arguments.of(what, kind, was, becomes, risk);
  }

  private static Stream<Arguments> roles() {
    var rule = "rules: [{apiGroups: [''], resources: [secrets], verbs: [get]%s}]";
    var named = ", resourceNames: [%s]";
    return Stream.of(
        object(
            "names dropped",
            "ClusterRole",
            rule.formatted(named.formatted("a")),
            rule.formatted(""),
            Risk.WIDER_ACCESS),
        object(
            "names emptied",
            "Role",
            rule.formatted(named.formatted("a")),
            rule.formatted(named.formatted("")),
            Risk.WIDER_ACCESS),
        object(
            "a name more",
            "Role",
            rule.formatted(named.formatted("a")),
            rule.formatted(named.formatted("a, b")),
            Risk.WIDER_ACCESS),
        object(
            "a name less",
            "Role",
            rule.formatted(named.formatted("a, b")),
            rule.formatted(named.formatted("a")),
            Risk.ORDINARY),
        object(
            "one rule of two, which allow no more than before",
            "Role",
            "rules: [{apiGroups: ['*'], resources: ['*'], verbs: [get, list]}]",
            "rules: [{apiGroups: [''], resources: [pods], verbs: [get]},"
                + " {apiGroups: [apps], resources: [deployments], verbs: [list]}]",
            Risk.ORDINARY),
        object(
            "a path of the server",
            "ClusterRole",
            "rules: [{nonResourceURLs: [/healthz], verbs: [get]}]",
            "rules: [{nonResourceURLs: ['*'], verbs: [get]}]",
            Risk.WIDER_ACCESS),
        object(
            "its rules into another",
            "ClusterRole",
            "rules: []",
            "metadata: {name: a, labels: {rbac.authorization.k8s.io/aggregate-to-edit: 'true'}}",
            Risk.WIDER_ACCESS),
        object(
            "others' rules into it",
            "ClusterRole",
            "rules: []",
            "aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}",
            Risk.WIDER_ACCESS),
        object(
            "a subject more",
            "RoleBinding",
            "subjects: [{kind: User, name: a}]",
            "subjects: [{kind: User, name: a}, {kind: Group, name: b}]",
            Risk.WIDER_ACCESS),
        object(
            "another role",
            "ClusterRoleBinding",
            "roleRef: {kind: ClusterRole, name: view}",
            "roleRef: {kind: ClusterRole, name: cluster-admin}",
            Risk.REFUSED));
  }

  private static Stream<Arguments> definitions() {
    var version = "{name: %s, served: %s, storage: %s}";
    var versions = "spec: {versions: [%s, {name: v2, served: true, storage: false}]}";
    var stored = versions.formatted(version.formatted("v1", "true", "true"));
    var served = versions.formatted(version.formatted("v1", "true", "false"));
    var neither = versions.formatted(version.formatted("v1", "false", "false"));
    var gone = "spec: {versions: [{name: v2, served: true, storage: false}]}";
    var kind = "CustomResourceDefinition";
    return Stream.of(
        object(
            "another scope",
            kind,
            "spec: {scope: Namespaced}",
            "spec: {scope: Cluster}",
            Risk.REFUSED),
        object("a stored version gone", kind, stored, gone, Risk.REFUSED),
        object("a served version gone", kind, served, gone, Risk.REMOVAL),
        object("a version served no more", kind, served, neither, Risk.REMOVAL),
        object("a version neither stored nor served gone", kind, neither, gone, Risk.ORDINARY),
        object("a version more", kind, gone, served, Risk.ORDINARY));
  }

  private static Stream<Arguments> admission() {
    var actions = "spec: {validationActions: [%s]}";
    var policy = "spec: {failurePolicy: %s}";
    var hook = "webhooks: [{name: a.b.c, failurePolicy: %s}]";
    var binding = "ValidatingAdmissionPolicyBinding";
    return Stream.of(
        object(
            "a warning instead of a denial",
            binding,
            actions.formatted("Deny"),
            actions.formatted("Warn, Audit"),
            Risk.WIDER_ACCESS),
        object(
            "a denial with an audit",
            binding,
            actions.formatted("Deny"),
            actions.formatted("Audit, Deny"),
            Risk.ORDINARY),
        object(
            "failures ignored",
            "ValidatingAdmissionPolicy",
            policy.formatted("Fail"),
            policy.formatted("Ignore"),
            Risk.WIDER_ACCESS),
        object(
            "failures ignored, where the default was to fail",
            "MutatingAdmissionPolicy",
            "spec: {a: b}",
            policy.formatted("Ignore"),
            Risk.WIDER_ACCESS),
        object(
            "failures heard",
            "ValidatingAdmissionPolicy",
            policy.formatted("Ignore"),
            policy.formatted("Fail"),
            Risk.ORDINARY),
        object(
            "a hook's failures ignored",
            "ValidatingWebhookConfiguration",
            hook.formatted("Fail"),
            hook.formatted("Ignore"),
            Risk.WIDER_ACCESS));
  }

  private static Stream<Arguments> services() {
    var address = "spec: {clusterIP: %s}";
    return Stream.of(
        object(
            "another address",
            "Service",
            address.formatted("10.5.0.10"),
            address.formatted("10.5.0.11"),
            Risk.REFUSED),
        object("no address", "Service", address.formatted("10.5.0.10"), "spec: {}", Risk.ORDINARY),
        object(
            "another selector",
            "Deployment",
            "spec: {selector: {a: b}}",
            "spec: {selector: {a: c}}",
            Risk.REFUSED));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("objects")
  void anObjectIsToldByItsTrueRisk(
      String what, String kind, String was, String becomes, Risk risk) {
    assertThat(worst(manifest(kind, was), manifest(kind, becomes))).as(what).isEqualTo(risk);
  }

  @ParameterizedTest
  @MethodSource("guards")
  void whatKeptSomethingOutIsMissed(String kind) {
    assertThat(worst(manifest(kind, "spec: {a: b}"), SmallRelease.manifest("")))
        .isEqualTo(Risk.WIDER_ACCESS);
  }

  static Stream<String> guards() {
    return Stream.of(
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration");
  }

  private static Release manifest(String kind, String rest) {
    var metadata = rest.startsWith("metadata") ? "" : "metadata: {name: a}\n";
    return SmallRelease.manifest(
        "apiVersion: x/v1\nkind: %s\n%s%s\n".formatted(kind, metadata, rest));
  }
}
