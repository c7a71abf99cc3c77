package dev.fairway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.aws.CdkCli;
import dev.fairway.deploy.aws.PoolInstances;
import dev.fairway.deploy.aws.StackStatus;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Stack;
import dev.fairway.model.Cluster;
import dev.fairway.model.Digest;
import dev.fairway.source.RandomClusters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of a deploy, and where it stops. */
class DeployTest {
  private static final Cluster CLUSTER = RandomClusters.of(new Random(1), 1);
  private static final String MASTERS = CLUSTER.localId() + "-control-plane";
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Diagnostic LOST =
      Diagnostic.general(Code.LEASE_LOST, "the lease is lost", "none");

  private final List<String> calls = new ArrayList<>();
  private final RecordedCloud cloud = new RecordedCloud(calls);
  private final RecordedControl control = new RecordedControl();

  /** The clock stands still: it is never over, or at once; and no pause is longer. */
  private Duration limit = Duration.ZERO;

  @Test
  void everyStepComesAfterWhatItNeeds() {
    cloud.surplus.add("x-pool-old");

    var report = deploy();

    assertThat(report.run().diagnostics()).isEqualTo(Diagnostics.NONE);
    assertThat(calls)
        .containsExactly(
            "caller",
            "enter if there, no masters",
            "settled",
            "removable",
            "check",
            "policies",
            "foundation x-network x-foundation",
            "policies",
            "secrets of " + CLUSTER.localId() + "-foundation",
            "policies",
            "control-plane x-etcd x-control-plane",
            "policies",
            "enter",
            "apply",
            "prune",
            "masters",
            "policies",
            "pools x-pool-worker",
            "policies",
            "restore sizes",
            "remove x-pool-old",
            "instances",
            "instances",
            "healthy []",
            "record succeeded",
            "instances",
            "control closed",
            "cloud closed");
    assertThat(report.run().changes())
        .contains(
            new Change("stack", "x-network", "deployed"),
            new Change("stack", "x-pool-old", "drained and deleted"));
  }

  @Test
  void nothingThatBootsWithAnEmptySecretIsTouched() {
    cloud.emptySecrets.add("fairway/x/ca");

    var report = deploy();

    assertThat(codes(report)).containsExactly(Code.EMPTY_SECRET);
    assertThat(report.run().diagnostics().all().getFirst().message()).contains("fairway/x/ca");
    assertThat(calls)
        .endsWith(
            "secrets of " + CLUSTER.localId() + "-foundation",
            "record secrets",
            "control closed",
            "cloud closed");
  }

  @Test
  void whatCannotBeRemovedIsRefusedBeforeAnythingIsChanged() {
    cloud.refusals.put("removable", Code.POOL_PROTECTED);

    assertThat(codes(deploy())).containsExactly(Code.POOL_PROTECTED);
    assertThat(changing()).isEmpty();
  }

  @Test
  void whatTheApiOrTheBudgetRefusesIsRefusedBeforeAnythingIsChanged() {
    control.refused = Set.of("check");

    assertThat(codes(deploy())).containsExactly(Code.DELETION_BUDGET);
    assertThat(changing()).isEmpty();
  }

  @Test
  void aLostLockStopsTheWorkOnStacks() {
    control.lostAt = Optional.of("prune");

    assertThat(codes(deploy())).containsExactly(Code.LEASE_LOST);
    assertThat(calls).doesNotContain("pools x-pool-worker");
  }

  @Test
  void aRunThatFailedIsRecordedAndNothingMoreIsAsked() {
    cloud.refusals.put("control-plane x-etcd x-control-plane", Code.STACK_FAILED);

    assertThat(codes(deploy())).containsExactly(Code.STACK_FAILED);
    assertThat(calls).endsWith("record control-plane", "control closed", "cloud closed");
  }

  @Test
  void whatCannotBeRecordedIsSaid() {
    control.refused = Set.of("record succeeded");

    var report = deploy();

    assertThat(codes(report)).containsExactly(Code.DELETION_BUDGET);
    assertThat(report.run().succeeded()).isFalse();
  }

  @Test
  void mastersThatStandAreEnteredFirst() {
    stands(StackStatus.UPDATE_ROLLBACK_COMPLETE);

    deploy();

    assertThat(calls).startsWith("caller", "enter if there, masters", "settled");
  }

  /** Whoever is away while masters are replaced has a lock that others are to wait for. */
  @Test
  void mastersThatMovedAreEnteredWhenTheyStandStill() {
    stands(StackStatus.UPDATE_IN_PROGRESS);
    var still = new TreeMap<>(cloud.standing);
    still.put(MASTERS, RecordedCloud.stack("control-plane", StackStatus.UPDATE_COMPLETE));
    cloud.settled = Optional.of(still);

    deploy();

    assertThat(calls)
        .startsWith(
            "caller",
            "enter if there, no masters",
            "settled",
            "enter if there, masters",
            "removable");
  }

  @Test
  void mastersThatNeverStoodAreNoMasters() {
    stands(StackStatus.ROLLBACK_COMPLETE);

    deploy();

    assertThat(calls).doesNotContain("enter if there, masters");
  }

  @Test
  void poolsThatGotTheirSizesBackAreChanges() {
    cloud.otherSizes.add("x-pool-worker");

    assertThat(deploy().run().changes())
        .contains(new Change("pool", "x-pool-worker", "sizes put back"));
  }

  @Test
  void everyInstanceInServiceIsANodeButThoseOfEtcd() {
    cloud.instances.add(group("etcd", 1, "1", "i-0"));
    cloud.instances.add(group("pool-worker", 2, "1", "i-1", "i-2"));

    deploy();

    assertThat(calls).contains("healthy [i-1, i-2]");
  }

  @Test
  void anInstanceThatIsNotInServiceIsNoNode() {
    var leaving = new PoolInstances.Instance("i-2", "zone", "Terminating:Wait", Optional.of("2"));
    var group = group("pool-worker", 1, "2", "i-1");
    cloud.instances.add(
        new PoolInstances(
            group.name(),
            group.group(),
            group.desired(),
            group.version(),
            List.of(group.instances().getFirst(), leaving)));

    deploy();

    assertThat(calls).contains("healthy [i-1]");
  }

  /** Spot may take one away while the rest is waited for. */
  @Test
  void aNodeThatIsTakenAwayIsNotWaitedFor() {
    cloud.answers.add(Optional.of(List.of(group("pool-worker", 2, "1", "i-1", "i-2"))));
    cloud.instances.add(group("pool-worker", 1, "1", "i-1"));

    deploy();

    assertThat(calls).contains("healthy [i-1]");
  }

  @Test
  void aBusyAwsIsAskedAgain() {
    limit = Duration.ofMillis(50);
    cloud.answers.add(Optional.empty());
    cloud.answers.add(Optional.of(List.of(group("pool-worker", 1, "1", "i-1"))));
    cloud.answers.add(Optional.empty());

    assertThat(deploy().run().diagnostics()).isEqualTo(Diagnostics.NONE);
    assertThat(calls).contains("healthy [i-1]");
  }

  @Test
  void instancesThatAreMissingAreWaitedFor() {
    limit = Duration.ofMillis(50);
    cloud.answers.add(Optional.of(List.of(group("pool-worker", 1, "1"))));
    cloud.answers.add(Optional.of(List.of(group("pool-worker", 1, "1", "i-1"))));
    cloud.instances.add(group("pool-worker", 1, "1"));

    assertThat(deploy().run().diagnostics()).isEqualTo(Diagnostics.NONE);
  }

  @Test
  void whatAwsRefusesIsNotAskedAgain() {
    limit = Duration.ofDays(1);
    cloud.refusals.put("instances", Code.EXPIRED_CREDENTIALS);

    assertThat(codes(deploy())).containsExactly(Code.EXPIRED_CREDENTIALS);
  }

  @Test
  void instancesThatAreMissingAreNamedWhenTheTimeIsOver() {
    cloud.instances.add(group("pool-worker", 3, "1", "i-1"));

    var report = deploy();

    assertThat(report.run().diagnostics().all())
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("the Auto Scaling group of x-pool-worker has 1 of 3 instances in service");
  }

  @Test
  void groupsWithInstancesOfAnOlderTemplateAreListed() {
    cloud.instances.add(group("pool-new", 1, "2", "i-1"));
    cloud.instances.add(group("pool-old", 1, "3", "i-2"));

    assertThat(deploy().outdated()).extracting(PoolInstances::name).containsExactly("pool-old");
  }

  private DeployReport deploy() {
    var target = target();
    var deadline = Deadline.in(limit, CLOCK);
    try (var deploy = new Deploy(target, deadline, cloud, control, Listener.SILENT, CLOCK)) {
      return deploy.run();
    }
  }

  static Target target() {
    var names = Stream.of("network", "foundation", "etcd", "control-plane", "pool-worker");
    var assembly =
        new Assembly(
            CLUSTER.id(),
            Digest.of("release"),
            names.map(DeployTest::stack).toList(),
            List.of(),
            new TreeMap<>());
    var cdk = new CdkCli(Path.of("node"), Path.of("cdk"), Map.of());
    return new Target(CLUSTER, assembly, Path.of("assembly"), cdk);
  }

  private static Stack stack(String name) {
    return new Stack(
        name, "x-" + name, name, Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of());
  }

  private void stands(StackStatus status) {
    cloud.standing.put(MASTERS, RecordedCloud.stack("control-plane", status));
  }

  private static PoolInstances group(String name, int desired, String version, String... ids) {
    return new PoolInstances(
        name,
        "x-" + name,
        desired,
        Optional.of(version),
        Stream.of(ids)
            .map(id -> new PoolInstances.Instance(id, "zone", "InService", Optional.of("2")))
            .toList());
  }

  private List<String> changing() {
    return calls.stream()
        .filter(call -> call.equals("policies") || call.contains(" x-") || call.equals("apply"))
        .toList();
  }

  private static List<Code> codes(DeployReport report) {
    return report.run().diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  private final class RecordedControl implements Control {
    private Set<String> refused = Set.of();
    private Optional<String> lostAt = Optional.empty();

    private Outcome<List<Change>> called(String call) {
      calls.add(call);
      return Outcome.unlessErrors(refusal(call), List::of);
    }

    private Diagnostics refusal(String call) {
      return refused.contains(call)
          ? Diagnostics.of(Diagnostic.general(Code.DELETION_BUDGET, call + " is refused", "none"))
          : Diagnostics.NONE;
    }

    @Override
    public Outcome<List<Change>> enterIfThere(boolean isStanding) {
      return called("enter if there, " + (isStanding ? "masters" : "no masters"));
    }

    @Override
    public Outcome<List<Change>> enter() {
      return called("enter");
    }

    @Override
    public Outcome<List<Change>> check() {
      return called("check");
    }

    @Override
    public Outcome<List<Change>> apply() {
      return called("apply");
    }

    @Override
    public Outcome<List<Change>> prune() {
      return called("prune");
    }

    @Override
    public Outcome<List<Change>> awaitMasters() {
      return called("masters");
    }

    @Override
    public Outcome<List<Change>> awaitHealth(Supplier<Outcome<Set<String>>> nodes) {
      return nodes.get().then(names -> called("healthy " + names));
    }

    @Override
    public Diagnostics record(Run run, Instant started) {
      var end = run.succeeded() ? "succeeded" : run.steps().getLast().name();
      return called("record " + end).diagnostics();
    }

    @Override
    public Optional<Diagnostic> objection() {
      return lostAt.filter(calls::contains).map(_ -> LOST);
    }

    @Override
    public void close() {
      calls.add("control closed");
    }
  }
}
