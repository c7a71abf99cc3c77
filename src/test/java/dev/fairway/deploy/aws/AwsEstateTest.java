package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import dev.fairway.source.RandomClusters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What is a cluster's in AWS, and what is not. */
class AwsEstateTest {
  private static final Cluster CLUSTER = RandomClusters.of(new Random(1), 1);
  private static final String ID = CLUSTER.localId();
  private static final String TAG = CLUSTER.account() + ":" + CLUSTER.region() + ":" + ID;
  private static final String OTHER = TAG + "x";
  private static final String ZONE = CLUSTER.hostedZone().name().toString();
  private static final Map<String, String> MADE = Map.of("kubernetes.io/cluster/" + TAG, "owned");

  private final DoomedStacks stacks = new DoomedStacks();
  private final DoomedMachines machines = new DoomedMachines();
  private final DoomedBalancers balancers = new DoomedBalancers();
  private final DoomedBuckets buckets = new DoomedBuckets();

  @Test
  void aStackIsKnownByItsTagAlone() {
    own("network");
    stacks.add(ID + "-etcd", Map.of());
    stacks.add(ID + "-foundation", Map.of("fairway:cluster", OTHER));
    stacks.add(ID + "-pool-a", Map.of()).says("REVIEW_IN_PROGRESS");
    stacks.add("x" + ID + "-pool-b", Map.of()).says("REVIEW_IN_PROGRESS");

    assertThat(value(estate().stacks()))
        .extracting(StackState::stackName)
        .containsExactly(ID + "-network", ID + "-pool-a");
  }

  @Test
  void stacksOfALayerGoTogetherAndAreWaitedFor() {
    own("pool-a").says("UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE");
    own("pool-b").says("DELETE_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_COMPLETE");
    own("etcd");

    var deleted = value(estate().delete(Layer.POOLS, soon()));

    assertThat(deleted).extracting(AwsResource::id).containsExactly(ID + "-pool-a", ID + "-pool-b");
    assertThat(stacks.deletions()).containsExactly(ID + "-pool-a");
  }

  @Test
  void theFirstResourceThatFailedIsTheCause() {
    own("network").failsOver("First", "Second");

    var outcome = estate().delete(Layer.NETWORK, soon());

    assertThat(codes(outcome)).containsExactly(Code.STACK_NOT_DELETED);
    assertThat(outcome.diagnostics().all().getFirst().message())
        .contains("First (AWS::EC2::Subnet subnet-First): in use")
        .doesNotContain("Second");
  }

  @Test
  void aStackThatIsProtectedInTheLastMomentIsLeftAlone() {
    own("etcd").isProtected();

    var outcome = estate().delete(Layer.ETCD, soon());

    assertThat(codes(outcome)).containsExactly(Code.STACK_NOT_DELETED);
    assertThat(stacks.deletions()).containsExactly(ID + "-etcd");
  }

  @Test
  void whatIsRetainedIsKnownBeforeAndAfterwards() {
    own("etcd")
        .holds("Data", "AWS::EC2::Volume", "RetainExceptOnCreate", "vol-data")
        .holds("Gone", "AWS::EC2::Volume", "Retain", "vol-deleted-by-hand")
        .holds("Group", "AWS::AutoScaling::AutoScalingGroup", "", "group");
    machines.volume("vol-data", Map.of("fairway:cluster", TAG));

    var before = value(estate().retained());
    var _ = estate().delete(Layer.ETCD, soon());

    assertThat(before)
        .containsExactly(
            new Retained(
                new AwsResource("AWS::EC2::Volume", "vol-data"), "its policy in " + ID + "-etcd"));
    assertThat(value(estate().retained())).isEqualTo(before);
  }

  @Test
  void onlyTheLastStackOfANameTellsWhatItLeft() {
    own("etcd").holds("Data", "AWS::KMS::Key", "Retain", "first").deletedAt(1);
    own("etcd").holds("Data", "AWS::KMS::Key", "Retain", "second").deletedAt(2);
    stacks
        .add(ID + "-foundation", Map.of("fairway:cluster", OTHER))
        .holds("Data", "AWS::KMS::Key", "Retain", "of another cluster")
        .deletedAt(3);

    assertThat(value(estate().retained()))
        .extracting(retained -> retained.resource().id())
        .containsExactly("second");
  }

  @Test
  void onlyBucketsThatGoAreEmptied() {
    own("foundation")
        .holds("Kept", "AWS::S3::Bucket", "RetainExceptOnCreate", "kept")
        .holds("Doomed", "AWS::S3::Bucket", "", "doomed")
        .holds("Empty", "AWS::S3::Bucket", "Delete", "empty");
    buckets.add("kept", "1");
    buckets.add("doomed", "1", "2", "-3");
    buckets.add("empty");

    assertThat(value(estate().empty(Layer.FOUNDATION, soon())))
        .extracting(AwsResource::id)
        .containsExactly("doomed");
    assertThat(buckets.versions("doomed")).isEmpty();
    assertThat(buckets.versions("kept")).containsExactly("1");
  }

  @Test
  void aBucketIsEmptiedNoLongerThanThereIsTime() {
    own("foundation").holds("Doomed", "AWS::S3::Bucket", "", "doomed");
    buckets.add("doomed", "1");

    var outcome =
        estate().empty(Layer.FOUNDATION, Deadline.in(Duration.ZERO, InstantSource.system()));

    assertThat(codes(outcome)).containsExactly(Code.DESTROY_TIMEOUT);
    assertThat(buckets.versions("doomed")).containsExactly("1");
  }

  @Test
  void whoLostTheLockDeletesNoStackAndEmptiesNoBucket() {
    own("foundation").holds("Doomed", "AWS::S3::Bucket", "", "doomed");
    buckets.add("doomed", "1");
    var lost = Diagnostic.general(Code.LEASE_LOST, "lost", "try again");
    var guarded = estate().guardedBy(() -> Optional.of(lost));

    assertThat(codes(guarded.empty(Layer.FOUNDATION, soon()))).containsExactly(Code.LEASE_LOST);
    assertThat(codes(guarded.delete(Layer.FOUNDATION, soon()))).containsExactly(Code.LEASE_LOST);
    assertThat(buckets.versions("doomed")).containsExactly("1");
    assertThat(stacks.deletions()).isEmpty();
  }

  @Test
  void onlyWhatControllersOfThisClusterMadeIsSweptAway() {
    for (var number = 10; number < 50; number++) {
      balancers.add("foreign-" + number, Map.of("kubernetes.io/cluster/" + OTHER, "owned"));
    }
    balancers.add("made", MADE);
    balancers.add("shared", Map.of("kubernetes.io/cluster/" + TAG, "shared"));
    balancers.add("of-a-stack", with(MADE, "aws:cloudformation:stack-id", "arn:..."));
    var driver = Map.of("fairway:cluster", TAG, "ebs.csi.aws.com/cluster", "true");
    machines.volume("vol-made", with(driver, "fairway:reclaim", "delete"));
    machines.volume("vol-unsaid", driver);
    machines.volume("vol-kept", with(driver, "fairway:reclaim", "retain"));
    machines.volume("vol-slip", with(driver, "fairway:reclaim", "Delete"));
    machines.volume("vol-etcd", Map.of("fairway:cluster", TAG));
    machines.volume("vol-foreign", with(driver, "fairway:cluster", OTHER));
    stacks.add("ingress-1", MADE);

    var swept = value(estate().sweep(soon()));

    assertThat(swept).extracting(AwsResource::id).containsExactly("ingress-1", "made", "vol-made");
    assertThat(balancers.names()).hasSize(42).contains("shared", "of-a-stack");
    assertThat(machines.volumes())
        .containsExactly("vol-etcd", "vol-foreign", "vol-kept", "vol-slip", "vol-unsaid");
  }

  @Test
  void groupsThatNameEachOtherGoAndNoRuleOfOthersIsTouched() {
    machines.group("sg-1", MADE);
    machines.group("sg-2", MADE);
    machines.group("sg-nodes", with(MADE, "fairway:cluster", TAG, "fairway:stack", "foundation"));
    machines.group("sg-others", Map.of());
    machines.rule("sg-1", "sg-2");
    machines.rule("sg-2", "sg-1");
    machines.rule("sg-nodes", "sg-1");

    assertThat(value(estate().sweep(soon())))
        .extracting(AwsResource::id)
        .containsExactly("sg-1", "sg-2");

    machines.group("sg-3", MADE);
    machines.rule("sg-others", "sg-3");
    var outcome = estate().sweep(Deadline.in(Duration.ZERO, InstantSource.system()));
    assertThat(codes(outcome)).containsExactly(Code.LEFTOVER_NOT_DELETED);
    assertThat(outcome.diagnostics().all().getFirst().message())
        .contains("sg-3", "says DependencyViolation");
    assertThat(machines.groups()).containsExactly("sg-3", "sg-nodes", "sg-others");
    assertThat(machines.namedIn("sg-others")).containsExactly("sg-3");
  }

  @Test
  void aVolumeIsTriedAgainUntilItsMachineIsGone() {
    machines.volume("vol-1", Map.of("fairway:cluster", TAG, "ebs.csi.aws.com/cluster", "true"));
    var _ = estate().mark(List.of("vol-1"), Reclaim.DELETE);
    machines.attached("vol-1", 2);

    assertThat(value(estate().sweep(soon()))).extracting(AwsResource::id).containsExactly("vol-1");
  }

  @Test
  void aFaultThatPassesDoesNotEndTheSweep() {
    machines.volume(
        "vol-1",
        Map.of(
            "fairway:cluster",
            TAG,
            "ebs.csi.aws.com/cluster",
            "true",
            "fairway:reclaim",
            "delete"));
    machines.failing(3);

    assertThat(value(estate().sweep(soon()))).extracting(AwsResource::id).containsExactly("vol-1");
  }

  @Test
  void aFaultThatDoesNotPassIsTheCause() {
    machines.failing(Integer.MAX_VALUE);

    var outcome = estate().sweep(Deadline.in(Duration.ZERO, InstantSource.system()));

    assertThat(codes(outcome)).containsExactly(Code.AWS_REFUSED);
  }

  @Test
  void whatBecomesOfAVolumeIsWrittenOnIt() {
    machines.volume("vol-1", Map.of("fairway:cluster", TAG, "ebs.csi.aws.com/cluster", "true"));
    assertThat(value(estate().volumes())).isEqualTo(Map.of("vol-1", Optional.empty()));

    var _ = estate().mark(List.of("vol-1"), Reclaim.RETAIN);

    assertThat(machines.tags("vol-1")).containsEntry("fairway:reclaim", "retain");
    assertThat(value(estate().volumes())).isEqualTo(Map.of("vol-1", Optional.of(Reclaim.RETAIN)));
    assertThat(value(estate().retained())).containsExactly(Retained.volume("vol-1"));
  }

  @Test
  void aVolumeThatGoesMeanwhileSparesNoOtherItsTag() {
    machines.volume("vol-2", Map.of("fairway:cluster", TAG, "ebs.csi.aws.com/cluster", "true"));

    var _ = value(estate().mark(List.of("vol-1-gone", "vol-2"), Reclaim.RETAIN));

    assertThat(machines.tags("vol-2")).containsEntry("fairway:reclaim", "retain");
  }

  @Test
  void onlyRecordsOfMembersAreDeleted() {
    var names = new DoomedNames(ZONE);
    var domain = ".etcd." + ID + "." + ZONE;
    List.of("etcd-2" + domain, "etcd-6" + domain, "www." + ZONE, "etcd-1.etcd.x" + ID + "." + ZONE)
        .forEach(names::add);

    assertThat(value(estate(names).deleteMemberRecords(soon())))
        .extracting(AwsResource::id)
        .containsExactly("etcd-2" + domain);
    assertThat(names.hosts()).hasSize(3).doesNotContain("etcd-2" + domain);
  }

  @Test
  void aZoneOfAnotherNameIsNotTouched() {
    var names = new DoomedNames("example.net");
    names.add("etcd-1.etcd." + ID + "." + ZONE);

    assertThat(value(estate(names).deleteMemberRecords(soon()))).isEmpty();
    assertThat(names.hosts()).hasSize(1);
  }

  @Test
  void aZoneThatIsGoneHasNoRecords() {
    var names = new DoomedNames(ZONE);
    names.vanish();

    assertThat(value(estate(names).memberRecords())).isEmpty();
    assertThat(value(estate(names).deleteMemberRecords(soon()))).isEmpty();
  }

  private DoomedStacks.Doomed own(String name) {
    return stacks.add(ID + "-" + name, Map.of("fairway:cluster", TAG, "fairway:stack", name));
  }

  private Estate estate() {
    return estate(new DoomedNames(ZONE));
  }

  private Estate estate(DoomedNames names) {
    var clients =
        new EstateClients(
            stacks, machines, balancers, new NoBalancers(), names, buckets, new NoSecrets());
    return new AwsEstate(clients, CLUSTER, Duration.ofMillis(1), Listener.SILENT, Objection.NONE);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5), InstantSource.system());
  }

  private static <T> T value(Outcome<T> outcome) {
    return outcome.value().orElseThrow(() -> new AssertionError(outcome.diagnostics().toString()));
  }

  private static List<Code> codes(Outcome<?> outcome) {
    return outcome.diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  private static Map<String, String> with(Map<String, String> tags, String... more) {
    var all = new TreeMap<>(tags);
    for (var at = 0; at < more.length; at += 2) {
      all.put(more[at], more[at + 1]);
    }
    return all;
  }

  private static final class NoSecrets implements SecretsManagerClient {
    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }

  private static final class NoBalancers implements ElasticLoadBalancingV2Client {
    @Override
    public DescribeLoadBalancersResponse describeLoadBalancers(
        DescribeLoadBalancersRequest request) {
      return DescribeLoadBalancersResponse.builder().build();
    }

    @Override
    public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
      return DescribeTargetGroupsResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "elasticloadbalancingv2";
    }

    @Override
    public void close() {}
  }
}
