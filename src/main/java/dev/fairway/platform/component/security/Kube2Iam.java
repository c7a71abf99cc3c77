package dev.fairway.platform.component.security;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Reach;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import dev.fairway.platform.component.network.Flannel;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/**
 * kube2iam gives a pod the credentials of the IAM role in its annotation {@code
 * iam.amazonaws.com/role}. It answers in the place of EC2's metadata service, which is one hop too
 * far for pods, so a pod without a role has none of the node's either. It runs on masters as well:
 * pods there assume roles through the master's.
 */
@AutoService(Component.class)
public final class Kube2Iam implements Component {
  public static final Symbol ENABLED =
      Switch.of(
          "kube2iam",
          "Whether kube2iam gives pods the credentials of their IAM role; without it another must,"
              + " or no component reaches AWS but by its node's role");

  private static final Image IMAGE = Image.of("docker.io/jtblin/kube2iam:0.15.0");

  private static final Workload KUBE2IAM =
      Workload.inKubeSystem("kube2iam")
          .because(
              Reason.HOST_NETWORK,
              "it has the node's role, from the metadata service that only the node can reach")
          .because(Reason.ROOT, "the kernel lets only root change iptables")
          .because(
              Reason.CAPABILITIES,
              "NET_ADMIN for the rule that leads pods here, NET_RAW because iptables opens a raw"
                  + " socket")
          .because(Reason.HOST_PATH, "iptables is locked for all who use it on the node");

  private static final int METRICS = 8182;

  @Override
  public String name() {
    return KUBE2IAM.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public List<Reach> reach() {
    return Ingress.metricsOnNodes(KUBE2IAM.name(), METRICS);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        KUBE2IAM.serviceAccount(), clusterRole(), KUBE2IAM.clusterRoleBinding(), daemonSet());
  }

  private ClusterRole clusterRole() {
    return KUBE2IAM.clusterRole(
        Rbac.allow(CORE, List.of("namespaces", "pods"), "get", "list", "watch"));
  }

  private DaemonSet daemonSet() {
    return KUBE2IAM.daemonSet(
        KUBE2IAM
            .hostPod(Priority.NODE)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withTolerations(Tolerations.EVERYTHING)
            .withContainers(kube2iam())
            .withVolumes(Volumes.hostFileOrNew("xtables-lock", "/run/xtables.lock"))
            .endSpec()
            .build());
  }

  /** Metrics have a port of their own: pods that ask the metadata service would see them. */
  private Container kube2iam() {
    return Containers.root("kube2iam", IMAGE, "NET_ADMIN", "NET_RAW")
        .withArgs(arguments())
        .withEnv(EnvVars.apiServer())
        .addToEnv(
            EnvVars.field("NODE_NAME", "spec.nodeName"),
            EnvVars.field("HOST_IP", "status.hostIP"),
            EnvVars.of("AWS_REGION", Facts.REGION.token()))
        .withPorts(Containers.tcp("metadata", 8181), Containers.tcp("metrics", METRICS))
        .withResources(Resources.of("25m", "128Mi"))
        .withLivenessProbe(Probes.http("/healthz", "metadata"))
        .withReadinessProbe(Probes.http("/healthz", "metadata"))
        .withVolumeMounts(Volumes.writable("xtables-lock", "/run/xtables.lock"))
        .build();
  }

  /**
   * With the plus the interface is a prefix, which kube2iam does not look for when it starts: the
   * bridge comes with a node's first pod that is not on the host's network. Roles are restricted by
   * namespace, or any pod could name the role of any component. Addresses of ended pods are soon
   * given out again, hence the question to the API when two pods have one.
   */
  private static List<String> arguments() {
    return List.of(
        "--app-port=8181",
        "--metrics-port=" + METRICS,
        "--base-role-arn=" + Role.arnPrefixToken(),
        "--iptables=true",
        "--host-interface=" + Flannel.BRIDGE + "+",
        "--host-ip=$(HOST_IP)",
        "--node=$(NODE_NAME)",
        "--namespace-restrictions=true",
        "--resolve-duplicate-cache-ips=true",
        "--use-regional-sts-endpoint=true");
  }
}
