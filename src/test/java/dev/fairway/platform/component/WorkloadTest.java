package dev.fairway.platform.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Role;
import dev.fairway.platform.cloud.ControlPlane;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
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

  /** Both replicas on the one master that is there would stay there when the other comes. */
  @Test
  void replicasOnMastersWaitForTheSecondMaster() {
    var pod = WORKLOAD.pod(Priority.CONTROLLER);
    var onMasters = pod.editSpec().withNodeSelector(NodeSelectors.MASTERS).endSpec().build();
    assertThat(overNodes(WORKLOAD.deployment(2, onMasters).getSpec().getTemplate()))
        .extracting(it -> it.getWhenUnsatisfiable(), it -> it.getMinDomains())
        .containsExactly("DoNotSchedule", ControlPlane.MASTERS);
    assertThat(overNodes(WORKLOAD.deployment(2, anywhere()).getSpec().getTemplate()))
        .extracting(it -> it.getWhenUnsatisfiable(), it -> it.getMinDomains())
        .containsExactly("ScheduleAnyway", null);
  }

  private static PodTemplateSpec anywhere() {
    return WORKLOAD.pod(Priority.CONTROLLER).build();
  }

  private static TopologySpreadConstraint overNodes(PodTemplateSpec pod) {
    return pod.getSpec().getTopologySpreadConstraints().stream()
        .filter(it -> it.getTopologyKey().equals("kubernetes.io/hostname"))
        .findFirst()
        .orElseThrow();
  }
}
