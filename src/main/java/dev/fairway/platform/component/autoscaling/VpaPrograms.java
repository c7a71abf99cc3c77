package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Rbac.CORE;

import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.stream.Stream;

/** What the three programs of the vertical pod autoscaler have in common. */
final class VpaPrograms {
  private static final String[] READ = {"get", "list", "watch"};

  private VpaPrograms() {}

  /**
   * A ClusterRole of these rules and of what each of them reads: the objects, and from the workload
   * that one names down to its pods. Of a kind that it does not know it asks for the scale, and
   * grants here are by name: no platform of ours has such a kind that makes pods.
   */
  static ClusterRole seeingTargets(Workload program, PolicyRule... rules) {
    var common =
        Stream.of(
            Rbac.allow(
                VerticalPodAutoscaler.KIND.group(),
                List.of(VerticalPodAutoscaler.KIND.plural()),
                READ),
            Rbac.allow(CORE, List.of("limitranges", "replicationcontrollers"), READ),
            Rbac.allow(
                "apps", List.of("daemonsets", "deployments", "replicasets", "statefulsets"), READ),
            Rbac.allow("batch", List.of("cronjobs", "jobs"), READ));
    return program.clusterRole(Stream.concat(common, Stream.of(rules)).toArray(PolicyRule[]::new));
  }

  /** The lease of its own name, by which one of its replicas leads. */
  static Role leases(Workload program) {
    return program.namespacedRole(lease(program));
  }

  static PolicyRule[] lease(Workload program) {
    return new PolicyRule[] {
      Rbac.allow("coordination.k8s.io", List.of("leases"), "create"),
      Rbac.allowNamed("coordination.k8s.io", "leases", program.name(), "get", "update")
    };
  }
}
