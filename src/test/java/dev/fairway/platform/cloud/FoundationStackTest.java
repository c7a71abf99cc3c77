package dev.fairway.platform.cloud;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FoundationStackTest {
  private final Template template = Template.fromStack(new FoundationStack(new App(), facts()));

  private static Foundation facts() {
    var on = Symbol.setting("dns_enabled", new SymbolType.Bool(), "true", "On or off");
    var role =
        Role.ofPods(
                "dns",
                List.of(
                    Statement.allow(
                        "Read",
                        List.of("s3:GetObject"),
                        List.of(Value.of("arn:aws:s3:::example/*")))))
            .enabledBy(on);
    var reach = Reach.tcp(Reachability.WORKER, Reachability.WORKER, Ports.of(9153), "metrics");
    return Foundation.declare(List.of(role), List.of(reach.when(on, "true")));
  }

  @Test
  void noBucketIsPublic() {
    template.allResourcesProperties(
        "AWS::S3::Bucket",
        Match.objectLike(
            Map.of(
                "PublicAccessBlockConfiguration",
                Map.of(
                    "BlockPublicAcls", true,
                    "BlockPublicPolicy", true,
                    "IgnorePublicAcls", true,
                    "RestrictPublicBuckets", true))));
  }

  @Test
  void everyBucketRefusesPlainHttp() {
    var deny =
        Map.of(
            "Effect",
            "Deny",
            "Principal",
            "*",
            "Action",
            List.of("s3:*"),
            "Condition",
            Map.of("Bool", Map.of("aws:SecureTransport", List.of("false"))));
    template.resourceCountIs("AWS::S3::BucketPolicy", 2);
    template.allResourcesProperties(
        "AWS::S3::BucketPolicy",
        Match.objectLike(
            Map.of(
                "PolicyDocument",
                Map.of("Statement", Match.arrayWith(List.of(Match.objectLike(deny)))))));
  }

  @Test
  void everyKeyRotates() {
    template.resourceCountIs("AWS::KMS::Key", 2);
    template.allResourcesProperties(
        "AWS::KMS::Key", Match.objectLike(Map.of("EnableKeyRotation", true)));
  }

  @Test
  void whatTheStackPolicyGuardsOutlivesTheStackToo() {
    assertThat(resources().keySet()).containsAll(guarded());
    assertThat(guarded())
        .allSatisfy(id ->
            assertThat(resource(id))
                .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
                .containsEntry("UpdateReplacePolicy", "Retain"));
  }

  private static List<String> guarded() {
    return facts().stackPolicy().orElseThrow().logicalIds();
  }

  /** A value in a template could be read by everybody who may look at the stack. */
  @Test
  void noSecretHasAValue() {
    template.allResourcesProperties(
        "AWS::SecretsManager::Secret",
        Match.objectLike(
            Map.of("SecretString", Match.absent(), "GenerateSecretString", Match.absent())));
  }

  /** Without an egress rule inside, EC2 would let the group out to anywhere. */
  @Test
  void noSecurityGroupHasEc2sDefaultRule() {
    template.resourceCountIs("AWS::EC2::SecurityGroup", Reachability.groups().size());
    template.allResourcesProperties(
        "AWS::EC2::SecurityGroup",
        Match.objectLike(Map.of("SecurityGroupEgress", Match.anyValue())));
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroup",
        Map.of(
            "GroupDescription",
            Map.of("Fn::Sub", "Cluster ${ClusterLocalId}: etcd"),
            "SecurityGroupEgress",
            List.of(Match.objectLike(Map.of("FromPort", 443, "ToPort", 443)))));
  }

  @Test
  void nodesComeToTheApiByTheSchemesWay() {
    assertThat(resource("ApiElbFromNatPrefixListTcp6443"))
        .containsEntry("Condition", "ClusterApiSchemeIsInternetFacing");
    assertThat(resource("ApiElbFromClusterVpcCidrTcp6443"))
        .containsEntry("Condition", "ClusterApiSchemeIsInternal");
  }

  @Test
  void aComponentThatIsOffLeavesNeitherRoleNorPort() {
    assertThat(resource("DnsRole")).containsEntry("Condition", "SettingDnsEnabledIsOn");
    assertThat(resource("WorkerFromWorkerTcp9153"))
        .containsEntry("Condition", "SettingDnsEnabledIsOn");
  }

  /** IAM refuses a policy that names an empty ARN. */
  @Test
  void theBucketsKeyIsNamedOnlyWhereThereIsOne() {
    assertThat(resource("AssetsKeyPolicy"))
        .containsEntry("Condition", "ClusterAssetsKeyArnIsGiven");
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> resources() {
    return (Map<String, Object>) requireNonNull(template.toJSON().get("Resources"));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> resource(String id) {
    return (Map<String, Object>) requireNonNull(resources().get(id));
  }
}
