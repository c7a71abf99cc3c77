package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.deploy.kubernetes.FakeServer;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Content;
import dev.fairway.link.Stack;
import dev.fairway.model.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Whose things a cloud touches, and when it touches none. */
class AwsCloudTest {
  private static final String POLICY = "{\"Statement\": []}";
  private static final Stack POOL =
      new Stack(
          "pool-x",
          "e2e-pool-x",
          "pool",
          Optional.empty(),
          new TreeMap<>(Map.of("PoolMinSize", "1", "PoolMaxSize", "3")),
          new TreeMap<>(
              Map.of(Stack.CLUSTER_TAG, FakeCloudFormation.CLUSTER, "fairway:stack", "pool-x")),
          List.of());
  private static final Assembly ASSEMBLY =
      new Assembly(
          FakeServer.cluster().id(),
          Digest.of("release"),
          List.of(POOL),
          List.of(),
          new TreeMap<>(
              Map.of(
                  "e2e-pool-x.assets.json",
                  content(
                      """
                      {"files": {"abc": {
                        "source": {"path": "nodes/pool-x.ign"},
                        "destinations": {"here": {"bucketName": "bucket", "objectKey": "abc.ign"}}}}}
                      """),
                  "manifest.json",
                  content("{}"),
                  "policies/pool.json",
                  content(POLICY),
                  "templates/pool.json",
                  content("{\"Resources\": {}}"))));
  private static final Deadline OVER =
      Deadline.in(Duration.ZERO, InstantSource.fixed(Instant.EPOCH));

  private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
  private final FakeAutoScaling autoScaling = new FakeAutoScaling();
  private final FakeObjects s3 = new FakeObjects();
  private String account = FakeServer.cluster().account().id();

  @Test
  void onlyTheClustersOwnIsFound() {
    cloudFormation.has(
        FakeCloudFormation.stack("etcd", "CREATE_COMPLETE"),
        FakeCloudFormation.stack("theirs", "CREATE_COMPLETE").toBuilder()
            .tags(FakeCloudFormation.tag(Stack.CLUSTER_TAG, "another"))
            .build());
    autoScaling.groups.add(FakeAutoScaling.group("etcd", "1"));
    autoScaling.groups.add(
        FakeAutoScaling.group("theirs", "1").toBuilder()
            .tags(FakeAutoScaling.tag(Stack.CLUSTER_TAG, "another"))
            .build());

    assertThat(cloud().stacks().value().orElseThrow()).containsOnlyKeys("e2e-etcd");
    assertThat(cloud().instances().value().orElseThrow())
        .extracting(PoolInstances::name)
        .containsExactly("etcd");
  }

  @Test
  void whoeverMayWriteDoes() {
    hasPool();

    assertThat(cloud().setPolicies(ASSEMBLY).value()).contains(List.of("e2e-pool-x"));
    assertThat(cloud().restoreSizes(ASSEMBLY).value()).contains(List.of("e2e-pool-x"));

    assertThat(cloudFormation.changes).containsExactly("policy e2e-pool-x");
    assertThat(autoScaling.changes).containsExactly("e2e-pool-x min 1 desired 1 max 3");
  }

  @Test
  void whoeverMayNotWritesNothing() {
    hasPool();
    var lost = Diagnostic.general(Code.LEASE_LOST, "the lease is lost", "none");
    var guarded = cloud().guardedBy(() -> Optional.of(lost));
    var cdk = new CdkCli(Path.of("none"), Path.of("none"), Map.of());
    var names = ASSEMBLY.stackNames();

    assertThat(
            List.of(
                codes(guarded.setPolicies(ASSEMBLY)),
                codes(guarded.restoreSizes(ASSEMBLY)),
                codes(guarded.removePools(names, OVER, Listener.SILENT)),
                codes(
                    guarded.deploy(
                        cdk, Path.of("."), ASSEMBLY, names, "pools", OVER, Listener.SILENT))))
        .allMatch(List.of(Code.LEASE_LOST)::equals);
    assertThat(cloudFormation.changes).isEmpty();
    assertThat(autoScaling.changes).isEmpty();
  }

  /** There is no CLI: whoever asked for one would hear of it. */
  @Test
  void aStackThatIsWhatItShouldBeIsNotDeployed() {
    hasWanted("CREATE_COMPLETE");
    assertThat(cloud().differences(ASSEMBLY).value().orElseThrow()).isEmpty();

    assertThat(deployed().value().orElseThrow().changed()).isEmpty();

    cloudFormation.templates.put("e2e-pool-x", "{\"Resources\": {\"Other\": {}}}");
    assertThatThrownBy(this::deployed).hasMessageContaining("none");
  }

  /** It may yet be rolled back to what it was, and then nobody would have deployed it. */
  @ParameterizedTest
  @EnumSource(
      value = StackStatus.class,
      mode = EnumSource.Mode.MATCH_ALL,
      names = "^(?!REVIEW).*_IN_PROGRESS$")
  void aStackThatStillMovesIsNotPassedOver(StackStatus moving) {
    hasWanted(moving.name());

    assertThat(codes(deployed())).containsExactly(Code.AWS_TOO_SLOW);
  }

  @ParameterizedTest
  @EnumSource(
      value = StackStatus.class,
      names = {"CREATE_FAILED", "UPDATE_FAILED", "UPDATE_ROLLBACK_FAILED"})
  void aStackThatIsStuckIsNotPassedOver(StackStatus stuck) {
    hasWanted(stuck.name());

    assertThat(codes(deployed())).containsExactly(Code.STACK_STUCK);
  }

  /** The CLI, which is not there, would publish it again. */
  @ParameterizedTest
  @ValueSource(ints = {404, 403})
  void aStackWhoseNodeConfigIsGoneIsNotPassedOver(int status) {
    hasWanted("CREATE_COMPLETE");
    s3.refuse("bucket/abc.ign", status);

    assertThatThrownBy(this::deployed).hasMessageContaining("none");
    assertThat(cloud().differences(ASSEMBLY).value().orElseThrow())
        .hasSize(status == 404 ? 1 : 0)
        .allMatch(StackDifference::isNodeConfigGone);
  }

  @Test
  void driftIsDetectedWhereItCanBe() {
    hasWanted("UPDATE_FAILED");

    var drift = cloud().detectedDrift(ASSEMBLY, OVER);

    assertThat(drift.value()).contains(List.of());
    assertThat(codes(drift)).containsExactly(Code.DRIFT_UNKNOWN);
  }

  private void hasWanted(String status) {
    cloudFormation.has(
        FakeCloudFormation.stack("pool-x", status).toBuilder()
            .parameters(
                Parameter.builder().parameterKey("PoolMinSize").parameterValue("1").build(),
                Parameter.builder().parameterKey("PoolMaxSize").parameterValue("3").build())
            .build());
    cloudFormation.templates.put("e2e-pool-x", "{\"Resources\": {}}");
    cloudFormation.policies.put("e2e-pool-x", POLICY);
  }

  private Outcome<RoundResult> deployed() {
    var cdk = new CdkCli(Path.of("none"), Path.of("none"), Map.of());
    return cloud()
        .deploy(cdk, Path.of("."), ASSEMBLY, ASSEMBLY.stackNames(), "pools", OVER, Listener.SILENT);
  }

  @Test
  void anotherAccountIsRefused() {
    assertThat(cloud().caller().value()).contains("somebody");
    account = "999999999999";
    assertThat(codes(cloud().caller())).containsExactly(Code.WRONG_ACCOUNT);
  }

  @Test
  void aBusyAwsHasNoAnswerNow() {
    var busy = new AwsCloud(FakeServer.cluster(), clients(new Busy()), Objection.NONE);

    assertThat(busy.instancesNow()).isEqualTo(Outcome.of(Optional.empty()));
    assertThat(codes(busy.instances())).containsExactly(Code.THROTTLED);
  }

  private void hasPool() {
    cloudFormation.has(FakeCloudFormation.stack("pool-x", "CREATE_COMPLETE"));
    cloudFormation.templates.put("e2e-pool-x", "{}");
    autoScaling.groups.add(
        FakeAutoScaling.group("pool-x", "1").toBuilder()
            .minSize(0)
            .desiredCapacity(0)
            .maxSize(0)
            .build());
  }

  private Cloud cloud() {
    return new AwsCloud(FakeServer.cluster(), clients(autoScaling), Objection.NONE);
  }

  private Clients clients(AutoScalingClient groups) {
    return new FakeClients(new FakeSts(account), cloudFormation, groups, s3);
  }

  private static Content content(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Content(bytes, Digest.of(bytes));
  }

  private static List<Code> codes(Outcome<?> outcome) {
    return outcome.diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  private record FakeClients(
      StsClient sts,
      CloudFormationClient cloudFormation,
      AutoScalingClient autoScaling,
      S3Client s3)
      implements Clients {
    @Override
    public SecretsManagerClient secrets() {
      throw new AssertionError("nobody asks for secrets here");
    }

    @Override
    public void close() {}
  }

  /** A bucket that has every object but those that were refused. */
  private static final class FakeObjects implements S3Client {
    private final Map<String, Integer> refused = new TreeMap<>();

    void refuse(String object, int status) {
      refused.put(object, status);
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      var status = refused.get(request.bucket() + "/" + request.key());
      if (status != null) {
        throw (S3Exception) S3Exception.builder().statusCode(status).message("refused").build();
      }
      return HeadObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }

  private record FakeSts(String account) implements StsClient {
    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
      return GetCallerIdentityResponse.builder().account(account).arn("somebody").build();
    }

    @Override
    public String serviceName() {
      return "sts";
    }

    @Override
    public void close() {}
  }

  private record Busy() implements AutoScalingClient {
    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(
        DescribeAutoScalingGroupsRequest request) {
      throw FakeCloudFormation.refusal("Throttling", "Rate exceeded");
    }

    @Override
    public String serviceName() {
      return "autoscaling";
    }

    @Override
    public void close() {}
  }
}
