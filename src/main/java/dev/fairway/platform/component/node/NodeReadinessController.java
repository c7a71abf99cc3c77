package dev.fairway.platform.component.node;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.Taint;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import dev.fairway.platform.component.network.Flannel;
import dev.fairway.platform.component.network.KubeProxy;
import dev.fairway.platform.component.security.Kube2Iam;
import dev.fairway.platform.component.storage.EbsCsiDriver;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes the startup taint from a node once the node's own system pods are ready. A reporter on each
 * node waits for them, and then says so by a condition of the node; Kubernetes' node readiness
 * controller, on masters, takes the taint away for that condition.
 *
 * <p>Once for each node: a system pod that fails later is for its probes and for alerts, not a
 * reason to keep all pods from half of the fleet. Why it is made so: docs/decisions, number 3.
 */
@AutoService(Component.class)
public final class NodeReadinessController implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "node-readiness-controller",
          "Whether nodes lose their startup taint when their system pods are ready; without it"
              + " somebody else must take readiness.k8s.io/fairway-starting away, or no pod runs on"
              + " new nodes");

  private static final Image CONTROLLER_IMAGE =
      Image.of("registry.k8s.io/node-readiness-controller/node-readiness-controller:v0.5.0");
  private static final Image REPORTER_IMAGE =
      Image.of("registry.k8s.io/node-readiness-controller/node-readiness-reporter:v0.5.0");

  /** A shell and wget, which the others have not; Docker Hub's own, without its limits. */
  private static final Image SHELL = Image.of("public.ecr.aws/docker/library/busybox:1.37.0");

  private static final Workload CONTROLLER = Workload.inKubeSystem("node-readiness-controller");

  private static final Workload REPORTER =
      Workload.inKubeSystem("node-readiness-reporter")
          .because(
              Reason.HOST_NETWORK,
              "the system pods answer on the node's loopback interface, some of them nowhere else")
          .because(
              Reason.PROBES,
              "it serves nothing to ask; when it does not report, its node keeps the taint");

  /** True when the node's system pods have been ready together; later nobody reads it. */
  private static final String CONDITION = "fairway.dev/SystemPodsStarted";

  /**
   * Where each of them says that it is ready; who has no port here is not waited for, and neither
   * is one that the cluster has switched off.
   */
  private static final List<String> SYSTEM_PODS =
      List.of(
          // flannel: pods have a network
          Flannel.ENABLED.token() + "=http://127.0.0.1:8081/readyz",
          // kube-proxy: pods reach Services
          KubeProxy.ENABLED.token() + "=http://127.0.0.1:10256/livez",
          // kube2iam: pods get their own role, and not an error
          Kube2Iam.ENABLED.token() + "=http://127.0.0.1:8181/healthz",
          // ebs-csi-node: the kubelet knows the driver, and the driver works
          EbsCsiDriver.ENABLED.token() + "=http://127.0.0.1:9809/healthz",
          EbsCsiDriver.ENABLED.token() + "=http://127.0.0.1:9808/healthz");

  /**
   * From the first again when one fails: what counts is that all are ready together. A shell that
   * is a container's first process is deaf to being told to end, unless it listens.
   */
  private static final String WAIT =
      """
      set -eu
      trap exit TERM
      ready() {
        for pod in "$@"; do
          case $pod in false=*) continue ;; esac
          url=${pod#true=}
          wget -q -T 3 -O /dev/null "$url" || { echo "waiting for $url"; return 1; }
        done
      }
      until ready "$@"; do sleep 1; done
      """;

  /** The controller's own name for its lease. */
  private static final String LEASE = "ba65f13e.readiness.node.x-k8s.io";

  @Override
  public String name() {
    return CONTROLLER.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  /** Those of what it waits for. */
  @Override
  public List<Symbol> settings() {
    return List.of(Flannel.ENABLED, KubeProxy.ENABLED, Kube2Iam.ENABLED, EbsCsiDriver.ENABLED);
  }

  @Override
  public List<Image> images() {
    return List.of(CONTROLLER_IMAGE, REPORTER_IMAGE, SHELL);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        NodeReadinessRule.definition(CONTROLLER),
        CONTROLLER.serviceAccount(),
        controllerRole(),
        CONTROLLER.clusterRoleBinding(),
        lease(),
        CONTROLLER.roleBinding(),
        controller(),
        CONTROLLER.disruptionBudget(),
        CONTROLLER.networkPolicy(Ingress.metrics()),
        REPORTER.serviceAccount(),
        reporterRole(),
        REPORTER.clusterRoleBinding(),
        reporter(),
        rule());
  }

  private ClusterRole controllerRole() {
    var rules = NodeReadinessRule.PLURAL;
    return CONTROLLER.clusterRole(
        Rbac.allow(CORE, List.of("nodes"), "get", "list", "watch", "patch"),
        Rbac.allow(CORE, List.of("events"), "create", "patch"),
        Rbac.allow("events.k8s.io", List.of("events"), "create", "patch"),
        Rbac.allow(
            NodeReadinessRule.GROUP, List.of(rules), "get", "list", "watch", "update", "patch"),
        Rbac.allow(NodeReadinessRule.GROUP, List.of(rules + "/finalizers"), "update"),
        Rbac.allow(NodeReadinessRule.GROUP, List.of(rules + "/status"), "get", "update", "patch"));
  }

  private Role lease() {
    return CONTROLLER.namespacedRole(
        Rbac.allow("coordination.k8s.io", List.of("leases"), "create"),
        Rbac.allowNamed("coordination.k8s.io", "leases", LEASE, "get", "update", "patch"));
  }

  /** It must itself run on nodes that still have the taint, or no node would ever lose it. */
  private Deployment controller() {
    return CONTROLLER.deployment(
        2,
        CONTROLLER
            .pod(Priority.CLUSTER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE, Tolerations.STARTUP)
            .withContainers(manager())
            .endSpec()
            .build());
  }

  private Container manager() {
    return Containers.restricted("manager", CONTROLLER_IMAGE)
        .withCommand("/manager")
        .withArgs(
            "--leader-elect",
            "--health-probe-bind-address=:8081",
            "--metrics-bind-address=:8080",
            "--zap-devel=false")
        .withPorts(Containers.tcp("health", 8081), Containers.tcp("metrics", 8080))
        .withResources(Resources.of("20m", "256Mi"))
        .withLivenessProbe(Probes.http("/healthz", "health"))
        .withReadinessProbe(Probes.http("/readyz", "health"))
        .build();
  }

  /**
   * To act as the node that its token is bound to, and as that one only to read it and to write its
   * status. Without this a reporter, and who takes one over, could speak for every node.
   *
   * @see <a href="https://kep.k8s.io/5284">constrained impersonation, on since Kubernetes 1.36</a>
   */
  private ClusterRole reporterRole() {
    return REPORTER.clusterRole(
        Rbac.allow("authentication.k8s.io", List.of("nodes"), "impersonate:associated-node"),
        Rbac.allow(CORE, List.of("nodes"), "impersonate-on:associated-node:get"),
        Rbac.allow(CORE, List.of("nodes/status"), "impersonate-on:associated-node:update"));
  }

  private DaemonSet reporter() {
    return REPORTER.daemonSet(
        REPORTER
            .hostPod(Priority.NODE)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withTolerations(Tolerations.EVERYTHING)
            .withInitContainers(waiting())
            .withContainers(reporting())
            .endSpec()
            .build());
  }

  private Container waiting() {
    return Containers.restricted("wait", SHELL)
        .withCommand(
            Stream.concat(Stream.of("sh", "-c", WAIT, "wait"), SYSTEM_PODS.stream()).toList())
        .withResources(Resources.of("10m", "32Mi"))
        .build();
  }

  /**
   * Each check reads the Node from the API server, so checks are rare: the first, right at the
   * start, is the one that counts. kube-proxy stands for all that the other container waited for.
   */
  private Container reporting() {
    return Containers.restricted("report", REPORTER_IMAGE)
        .withEnv(
            EnvVars.field("NODE_NAME", "spec.nodeName"),
            EnvVars.of("CONDITION_TYPE", CONDITION),
            EnvVars.of("CHECK_ENDPOINT", "http://127.0.0.1:10256/livez"),
            EnvVars.of("CHECK_INTERVAL", "30s"),
            EnvVars.of("HEARTBEAT_PERIOD", "1h"),
            EnvVars.of("IMPERSONATE_NODE", "true"))
        .withResources(Resources.of("10m", "32Mi"))
        .build();
  }

  /** No part of a rule can be changed: what nodes wait for is changed in the reporter. */
  private HasMetadata rule() {
    return new NodeReadinessRule(
            List.of(new NodeReadinessRule.Condition(CONDITION, "True")),
            "bootstrap-only",
            new TaintBuilder()
                .withKey(Taint.STARTUP.key())
                .withValue(Taint.STARTUP.value())
                .withEffect(Taint.STARTUP.effect())
                .build(),
            // Every node; an empty selector would be refused.
            new LabelSelectorBuilder().addToMatchLabels("kubernetes.io/os", "linux").build())
        .named(CONTROLLER, "system-pods-started");
  }
}
