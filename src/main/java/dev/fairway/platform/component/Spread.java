package dev.fairway.platform.component;

import dev.fairway.platform.cloud.ControlPlane;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;

/**
 * How the replicas of a program stand apart: always in several zones, and on several nodes.
 *
 * @param pods all of the program
 * @param revision the label by which Kubernetes tells the pods of one revision from the next
 */
record Spread(LabelSelector pods, String revision) {

  PodTemplateSpec over(PodTemplateSpec pod) {
    return pod.edit()
        .editSpec()
        .withTopologySpreadConstraints(
            evenly("topology.kubernetes.io/zone").withWhenUnsatisfiable("DoNotSchedule").build(),
            overNodes(pod))
        .endSpec()
        .build();
  }

  /**
   * Never both on one master. When a cluster is new its masters come, and lose their taints, one
   * after the other, and again whenever they are replaced: without the minimum all replicas would
   * go to the one that is there, and stay. So one of them waits, for minutes, for the other master,
   * which may be in any zone. On other nodes it is a wish, for a full node must not keep pods from
   * the rest.
   */
  private TopologySpreadConstraint overNodes(PodTemplateSpec pod) {
    var constraint = evenly("kubernetes.io/hostname");
    return NodeSelectors.MASTERS.equals(pod.getSpec().getNodeSelector())
        ? constraint
            .withWhenUnsatisfiable("DoNotSchedule")
            .withMinDomains(ControlPlane.MASTERS)
            .build()
        : constraint.withWhenUnsatisfiable("ScheduleAnyway").build();
  }

  /**
   * Counts the pods of one revision, or a rollout would be spread against the pods that it
   * replaces, and only zones that have a node without a taint against the pod: a zone that has
   * failed must not keep pods from the others.
   */
  private TopologySpreadConstraintBuilder evenly(String topologyKey) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(topologyKey)
        .withNodeTaintsPolicy("Honor")
        .withLabelSelector(pods)
        .withMatchLabelKeys(revision);
  }
}
