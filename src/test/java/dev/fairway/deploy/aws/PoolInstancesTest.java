package dev.fairway.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoolInstancesTest {
  private final FakeAutoScaling autoScaling = new FakeAutoScaling();

  @Test
  void instancesOfAnotherVersionAreOutdated() {
    autoScaling.groups.add(
        FakeAutoScaling.group(
            "pool-x",
            "2",
            FakeAutoScaling.instance("i-2", "1"),
            FakeAutoScaling.instance("i-1", "2")));
    assertThat(instances())
        .singleElement()
        .satisfies(pool -> {
          assertThat(pool.isPool()).isTrue();
          assertThat(pool.version()).contains("2");
          assertThat(pool.instances())
              .extracting(PoolInstances.Instance::id)
              .containsExactly("i-1", "i-2");
          assertThat(pool.outdated()).extracting(PoolInstances.Instance::id).containsExactly("i-2");
        });
  }

  @Test
  void aVersionThatMayBeAnyOutdatesNone() {
    autoScaling.groups.add(
        FakeAutoScaling.group("pool-x", "$Latest", FakeAutoScaling.instance("i-1", "1")));
    assertThat(instances().getFirst().outdated()).isEmpty();
  }

  @Test
  void groupsOfOthersAreLeftOut() {
    autoScaling.groups.add(
        FakeAutoScaling.group("pool-x", "1").toBuilder()
            .tags(FakeAutoScaling.tag("fairway:cluster", "another"))
            .build());
    assertThat(instances()).isEmpty();
  }

  private List<PoolInstances> instances() {
    return new ScalingGroups(autoScaling, FakeCloudFormation.CLUSTER).instances();
  }
}
