package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class StacksTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
  private final List<Event> told = new ArrayList<>();

  @Test
  void onlyTheClustersOwnAreListed() {
    cloudFormation.has(
        FakeCloudFormation.stack("etcd", "CREATE_COMPLETE"),
        FakeCloudFormation.stack("gone", "DELETE_COMPLETE"),
        FakeCloudFormation.stack("theirs", "CREATE_COMPLETE").toBuilder()
            .tags(FakeCloudFormation.tag("fairway:cluster", "111122223333:eu-central-1:shop"))
            .build());
    assertThat(stacks().all()).containsOnlyKeys("e2e-etcd");
  }

  @Test
  void whatAKilledDeployLeftIsWaitedFor() {
    cloudFormation
        .has(
            FakeCloudFormation.stack("etcd", "UPDATE_IN_PROGRESS"),
            FakeCloudFormation.stack("network", "CREATE_COMPLETE"))
        .has(
            FakeCloudFormation.stack("etcd", "UPDATE_COMPLETE"),
            FakeCloudFormation.stack("network", "CREATE_COMPLETE"));
    assertThat(settled(Duration.ofMinutes(1)).value()).isPresent();
    assertThat(told).containsExactly(new Event.Item("stacks", "e2e-etcd", "UPDATE_COMPLETE"));
  }

  @Test
  void whatDoesNotComeToAnEndIsNamed() {
    cloudFormation.has(FakeCloudFormation.stack("etcd", "UPDATE_IN_PROGRESS"));
    assertThat(settled(Duration.ZERO).diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.AWS_TOO_SLOW);
          assertThat(diagnostic.message()).contains("e2e-etcd (UPDATE_IN_PROGRESS)");
        });
  }

  @Test
  void whatOnlyPeopleCanMendIsSaid() {
    cloudFormation.has(
        FakeCloudFormation.stack("etcd", "UPDATE_ROLLBACK_FAILED"),
        FakeCloudFormation.stack("network", "DELETE_FAILED"));
    assertThat(settled(Duration.ZERO).diagnostics().all())
        .extracting(Diagnostic::message)
        .containsExactly(
            "stack e2e-etcd is in UPDATE_ROLLBACK_FAILED", "stack e2e-network is in DELETE_FAILED");
  }

  @Test
  void aPoolWhoseDeletionFailedMayBeDeletedAgain() {
    cloudFormation.has(FakeCloudFormation.stack("pool-x", "DELETE_FAILED"));
    assertThat(settled(Duration.ZERO).value()).isPresent();
  }

  private Outcome<SortedMap<String, StackState>> settled(Duration limit) {
    return stacks().settled(Deadline.in(limit, CLOCK), told::add);
  }

  private Stacks stacks() {
    return new Stacks(cloudFormation, FakeCloudFormation.CLUSTER);
  }
}
