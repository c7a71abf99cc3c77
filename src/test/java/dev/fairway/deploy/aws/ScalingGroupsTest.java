package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.link.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScalingGroupsTest {
  private final FakeAutoScaling autoScaling = new FakeAutoScaling();
  private final ScalingGroups groups = new ScalingGroups(autoScaling, FakeCloudFormation.CLUSTER);

  @Test
  void aPoolThatWasEmptiedGetsItsSizesBack() {
    hasGroup(0, 0, 0);
    assertThat(groups.restore(List.of(pool("1", "3")), Objection.NONE))
        .containsExactly("e2e-pool-x");
    assertThat(autoScaling.changes).containsExactly("e2e-pool-x min 1 desired 1 max 3");
  }

  @Test
  void howManyThereAreIsTheAutoscalersBusiness() {
    hasGroup(0, 2, 2);
    groups.restore(List.of(pool("0", "3")), Objection.NONE);
    assertThat(autoScaling.changes).containsExactly("e2e-pool-x min 0 desired 2 max 3");
  }

  @Test
  void rightSizesAreNotWritten() {
    hasGroup(0, 2, 3);
    assertThat(groups.restore(List.of(pool("0", "3")), Objection.NONE)).isEmpty();
    assertThat(autoScaling.changes).isEmpty();
  }

  @Test
  void whoAsksWhichSizesDifferChangesNone() {
    hasGroup(0, 0, 0);
    assertThat(groups.unlike(List.of(pool("1", "3")))).containsExactly("e2e-pool-x");
    assertThat(groups.unlike(List.of(pool("0", "0")))).isEmpty();
    assertThat(autoScaling.changes).isEmpty();
  }

  @Test
  void nobodyGetsSizesBackFromWhoMayNotWrite() {
    hasGroup(0, 0, 0);
    var lost = Diagnostic.general(Code.LEASE_LOST, "the lease is lost", "none");
    var objection = new Objection(() -> Optional.of(lost));
    assertThatThrownBy(() -> groups.restore(List.of(pool("1", "3")), objection))
        .isInstanceOf(Objection.Raised.class);
    assertThat(autoScaling.changes).isEmpty();
  }

  @Test
  void theGroupsOfOtherStacksStay() {
    autoScaling.groups.add(FakeAutoScaling.group("etcd", "1"));
    assertThat(groups.restore(List.of(pool("1", "5")), Objection.NONE)).isEmpty();
    assertThat(autoScaling.changes).isEmpty();
  }

  private void hasGroup(int min, int desired, int max) {
    autoScaling.groups.add(
        FakeAutoScaling.group("pool-x", "1").toBuilder()
            .minSize(min)
            .desiredCapacity(desired)
            .maxSize(max)
            .build());
  }

  private static Stack pool(String min, String max) {
    return new Stack(
        "pool-x",
        "e2e-pool-x",
        "pool-x",
        Optional.empty(),
        new TreeMap<>(Map.of("PoolMinSize", min, "PoolMaxSize", max)),
        new TreeMap<>(),
        List.of());
  }
}
