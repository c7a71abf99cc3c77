package dev.fairway.platform.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final Workload WORKLOAD = Workload.inKubeSystem("example");

  @Test
  void aPodChangesWithItsConfigurationAndWithWhatLinkingPutsThere() {
    var region = Facts.REGION.token();
    var plain = Workload.configured(WORKLOAD.configMap("a", "one"));
    var other = Workload.configured(WORKLOAD.configMap("a", "two"));
    var linked = Workload.configured(WORKLOAD.configMap("a", region + " " + region));
    assertThat(plain).isNotEqualTo(other);
    assertThat(plain.get("fairway.dev/configured")).matches("[0-9a-f]{64}");
    assertThat(linked.get("fairway.dev/configured")).matches("[0-9a-f]{64} " + region);
  }

  @Test
  void onlyPodsThatAssumeARoleNameOne() {
    var role = Role.ofPods("example", List.of());
    var pod = WORKLOAD.assuming(role).pod(Priority.CONTROLLER).build();
    assertThat(pod.getMetadata().getAnnotations())
        .containsEntry("iam.amazonaws.com/role", role.arnToken());
    assertThat(WORKLOAD.pod(Priority.CONTROLLER).build().getMetadata().getAnnotations()).isEmpty();
  }

  @Test
  void thereAreNeverTwoOfASingleReplica() {
    var pod = WORKLOAD.pod(Priority.CONTROLLER).build();
    var rollout = WORKLOAD.deployment(1, pod).getSpec().getStrategy().getRollingUpdate();
    assertThat(rollout.getMaxSurge().getIntVal()).isZero();
    assertThat(rollout.getMaxUnavailable().getIntVal()).isOne();
  }
}
