package dev.fairway.deploy.kubernetes;

import java.util.List;
import java.util.Set;

/** The steps in which objects come to a cluster: each needs those before it. */
enum Wave {
  /** What others live in or are instances of. */
  FOUNDATIONS,
  /** Who may do what, with which means: workloads find their policies in force. */
  POLICIES,
  /** Objects of kinds that are not Kubernetes' own. */
  INSTANCES,
  WORKLOADS,
  /** What stands in the way of requests: it breaks the API while nothing serves it. */
  INTERCEPTORS;

  /**
   * Instances go before the workloads that look after them, for their finalizers need somebody; in
   * all else the last that came is the first to go.
   */
  static final List<Wave> PRUNING =
      List.of(INTERCEPTORS, INSTANCES, WORKLOADS, POLICIES, FOUNDATIONS);

  private static final Set<String> FOUNDATION_KINDS =
      Set.of("Namespace", "CustomResourceDefinition.apiextensions.k8s.io");
  private static final Set<String> INTERCEPTOR_KINDS =
      Set.of(
          "APIService.apiregistration.k8s.io",
          "MutatingWebhookConfiguration.admissionregistration.k8s.io",
          "ValidatingWebhookConfiguration.admissionregistration.k8s.io");
  private static final Set<String> WORKLOAD_GROUPS = Set.of("apps", "autoscaling", "batch");
  private static final Set<String> WORKLOAD_KINDS =
      Set.of("Pod", "ReplicationController", "PodDisruptionBudget.policy");

  /** The groups of Kubernetes 1.36 itself; a group of any other name is somebody's own. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "",
          "admissionregistration.k8s.io",
          "apiextensions.k8s.io",
          "apiregistration.k8s.io",
          "apps",
          "authentication.k8s.io",
          "authorization.k8s.io",
          "autoscaling",
          "batch",
          "certificates.k8s.io",
          "coordination.k8s.io",
          "discovery.k8s.io",
          "events.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "internal.apiserver.k8s.io",
          "networking.k8s.io",
          "node.k8s.io",
          "policy",
          "rbac.authorization.k8s.io",
          "resource.k8s.io",
          "scheduling.k8s.io",
          "storage.k8s.io",
          "storagemigration.k8s.io");

  /** A kind that has no place of its own comes with the policies: workloads may need it. */
  static Wave of(ObjectRef ref) {
    var kind = ref.groupKind();
    if (FOUNDATION_KINDS.contains(kind)) {
      return FOUNDATIONS;
    }
    if (INTERCEPTOR_KINDS.contains(kind)) {
      return INTERCEPTORS;
    }
    if (WORKLOAD_GROUPS.contains(ref.group()) || WORKLOAD_KINDS.contains(kind)) {
      return WORKLOADS;
    }
    return BUILT_IN.contains(ref.group()) ? POLICIES : INSTANCES;
  }
}
