package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

class PoolRemovalTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Stack POOL = FakeCloudFormation.stack("pool-x", "CREATE_COMPLETE");

  private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
  private final FakeAutoScaling autoScaling = new FakeAutoScaling();
  private final List<Event> told = new ArrayList<>();
  private Objection objection = Objection.NONE;

  @Test
  void nodesAreDrainedBeforeTheStackIsDeleted() {
    cloudFormation.has(POOL).has();
    hasGroup();
    assertThat(remove().value()).contains(List.of("e2e-pool-x"));
    assertThat(autoScaling.changes).containsExactly("e2e-pool-x min 0 desired 0 max 0");
    assertThat(cloudFormation.changes).containsExactly("delete " + FakeCloudFormation.id("pool-x"));
    assertThat(told)
        .containsExactly(
            new Event.Item("pools", "e2e-pool-x", "draining"),
            new Event.Item("pools", "e2e-pool-x", "DELETE_COMPLETE"));
  }

  @Test
  void whatIsGoneIsNotRemovedAgain() {
    cloudFormation.has();
    assertThat(remove().value()).contains(List.of());
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void aDeletionUnderWayIsOnlyAwaited() {
    cloudFormation.has(FakeCloudFormation.stack("pool-x", "DELETE_IN_PROGRESS")).has();
    assertThat(remove().value()).contains(List.of("e2e-pool-x"));
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void aProtectedPoolKeepsAllOfThem() {
    cloudFormation.has(
        POOL,
        FakeCloudFormation.stack("pool-y", "CREATE_COMPLETE").toBuilder()
            .enableTerminationProtection(true)
            .build());
    hasGroup();
    assertThat(remove("e2e-pool-x", "e2e-pool-y").diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.POOL_PROTECTED);
          assertThat(diagnostic.message()).contains("e2e-pool-y");
        });
    assertThat(autoScaling.changes).isEmpty();
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void aProtectedPoolIsRefusedBeforeAnythingIsDone() {
    cloudFormation.has(POOL.toBuilder().enableTerminationProtection(true).build());
    hasGroup();
    assertThat(removable().diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> assertThat(diagnostic.code()).isEqualTo(Code.POOL_PROTECTED));
  }

  @Test
  void whatMayBeRemovedIsNotRemovedByAsking() {
    cloudFormation.has(POOL, FakeCloudFormation.stack("pool-y", "CREATE_COMPLETE"));
    hasGroup();
    assertThat(removable().value().orElseThrow().keySet()).containsExactly("e2e-pool-x");
    assertThat(autoScaling.changes).isEmpty();
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void aStackThatSomebodyUpdatesIsNotDeletedUndrained() {
    cloudFormation.has(FakeCloudFormation.stack("pool-x", "UPDATE_IN_PROGRESS"));
    hasGroup();
    assertThat(remove().diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> assertThat(diagnostic.code()).isEqualTo(Code.STACK_BUSY));
    assertThat(autoScaling.changes).isEmpty();
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void whoeverMayNotGoOnEmptiesAndDeletesNothing() {
    cloudFormation.has(POOL);
    hasGroup();
    var lost = Diagnostic.general(Code.STACK_BUSY, "the lease is lost", "start again");
    objection = new Objection(() -> Optional.of(lost));
    assertThat(AwsFailure.reported(this::remove).diagnostics().all()).containsExactly(lost);
    assertThat(autoScaling.changes).isEmpty();
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void whoeverMayNoLongerGoOnDeletesNoStack() {
    cloudFormation.has(POOL);
    hasGroup();
    var lost = Diagnostic.general(Code.STACK_BUSY, "the lease is lost", "start again");
    objection =
        new Objection(() -> autoScaling.changes.isEmpty() ? Optional.empty() : Optional.of(lost));
    assertThat(AwsFailure.reported(this::remove).diagnostics().all()).containsExactly(lost);
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void aStackWithInstancesLeftIsNotDeleted() {
    cloudFormation.has(POOL);
    hasGroup();
    autoScaling.isStubborn = true;
    assertThat(remove().diagnostics().all())
        .singleElement()
        .satisfies(
            diagnostic -> assertThat(diagnostic.message()).contains("e2e-pool-x (i-1 InService)"));
    assertThat(cloudFormation.changes).isEmpty();
  }

  @Test
  void whyADeletionFailedIsSaid() {
    cloudFormation.has(POOL).has(FakeCloudFormation.stack("pool-x", "DELETE_FAILED"));
    cloudFormation.events.put(
        FakeCloudFormation.id("pool-x"),
        List.of(
            Events.of("NodesLaunchTemplate", "DELETE_FAILED", "in use by a fleet"),
            Events.ofStack("DELETE_IN_PROGRESS", "User Initiated")));
    assertThat(remove().diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> assertThat(diagnostic.message()).contains("in use by a fleet"));
  }

  @Test
  void nothingButPoolsIsRemoved() {
    cloudFormation.has(FakeCloudFormation.stack("etcd", "CREATE_COMPLETE"));
    assertThatThrownBy(() -> remove("e2e-etcd")).isInstanceOf(IllegalArgumentException.class);
  }

  private void hasGroup() {
    cloudFormation.resources.put(
        FakeCloudFormation.id("pool-x"),
        List.of(
            StackResourceSummary.builder()
                .resourceType("AWS::AutoScaling::AutoScalingGroup")
                .physicalResourceId("e2e-pool-x")
                .resourceStatus("CREATE_COMPLETE")
                .build()));
    autoScaling.groups.add(
        FakeAutoScaling.group("pool-x", "1", FakeAutoScaling.instance("i-1", "1")));
  }

  private Outcome<SortedMap<String, StackState>> removable() {
    return PoolRemoval.removable(
        new Stacks(cloudFormation, FakeCloudFormation.CLUSTER), List.of("e2e-pool-x"));
  }

  private Outcome<List<String>> remove() {
    return remove("e2e-pool-x");
  }

  private Outcome<List<String>> remove(String... names) {
    return new PoolRemoval(
            cloudFormation,
            new Stacks(cloudFormation, FakeCloudFormation.CLUSTER),
            new ScalingGroups(autoScaling, FakeCloudFormation.CLUSTER),
            Deadline.in(Duration.ZERO, CLOCK),
            told::add,
            objection)
        .remove(List.of(names));
  }
}
