package dev.fairway.platform.component.network;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Reach;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/**
 * kube-network-policies enforces NetworkPolicies, which flannel leaves to others. The kernel asks
 * it about the first packet of each connection of a pod that a policy selects, and of no other. Why
 * this one, and what it can't do: docs/decisions, number 18.
 */
@AutoService(Component.class)
public final class KubeNetworkPolicies implements Component {
  private static final String INITIAL_MEMORY = "128Mi";

  private static final Symbol ENABLED =
      Switch.of(
          "kube-network-policies",
          "Whether network policies are enforced; without it every pod reaches every" + " other");

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "kube_network_policies_memory",
          INITIAL_MEMORY,
          "The memory of what enforces network policies, which on each node knows every pod of the"
              + " cluster");

  private static final int METRICS = 9080;

  private static final Image IMAGE =
      Image.of("registry.k8s.io/networking/kube-network-policies:v1.1.1");

  private static final Workload POLICIES =
      Workload.inKubeSystem("kube-network-policies")
          .because(Reason.HOST_NETWORK, "it judges the packets that the node passes to its pods")
          .because(Reason.ROOT, "the kernel hands packets and nftables to root only")
          .because(
              Reason.CAPABILITIES,
              "NET_ADMIN for nftables, and for the queue in which packets wait for its word");

  @Override
  public String name() {
    return POLICIES.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(MEMORY);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public List<Reach> reach() {
    return Ingress.metricsOnNodes(POLICIES.name(), METRICS);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        POLICIES.serviceAccount(), clusterRole(), POLICIES.clusterRoleBinding(), daemonSet());
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("DaemonSet", POLICIES.name(), MEMORY);
  }

  private ClusterRole clusterRole() {
    return POLICIES.clusterRole(
        Rbac.allow(CORE, List.of("namespaces", "pods"), "list", "watch"),
        Rbac.allow("networking.k8s.io", List.of("networkpolicies"), "list", "watch"));
  }

  private DaemonSet daemonSet() {
    return POLICIES.daemonSet(
        POLICIES
            .hostPod(Priority.NODE)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withTolerations(Tolerations.EVERYTHING)
            .withContainers(enforcer())
            .endSpec()
            .build());
  }

  /** It serves its metrics and nothing beside; they answer while the process is there. */
  private Container enforcer() {
    return Containers.root("kube-network-policies", IMAGE, "NET_ADMIN")
        .withCommand("/bin/netpol")
        .withArgs(arguments())
        .withEnv(EnvVars.apiServer())
        .addToEnv(EnvVars.field("NODE_NAME", "spec.nodeName"))
        .withPorts(Containers.tcp("metrics", METRICS))
        .withResources(Resources.of("25m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.http("/metrics", "metrics"))
        .withReadinessProbe(Probes.http("/metrics", "metrics"))
        .build();
  }

  /**
   * Open while it is away: DNS is behind a policy too, and a crash of this program must not be an
   * outage of names. The container runtime's plugin socket stays shut, although it tells of a new
   * pod a second before the API does: whoever has it can change every container of the node.
   * Policies that change leave connections be that were let in: to look for them it lists all that
   * the kernel tracks, which fits no memory limit. DNS is judged like everything else: the kernel's
   * race that would need it otherwise is mended since 6.12.
   */
  private static List<String> arguments() {
    return List.of(
        "--hostname-override=$(NODE_NAME)",
        "--metrics-bind-address=:" + METRICS,
        "--fail-open=true",
        "--disable-nri=true",
        "--strict-mode=false",
        "--netfilter-bug-1766-fix=false",
        "--v=1");
  }
}
