package dev.fairway.platform.component.network;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Versions;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.util.List;
import java.util.Optional;

/** kube-proxy leads from the addresses of Services to pods. */
@AutoService(Component.class)
public final class KubeProxy implements Component {
  public static final Symbol ENABLED =
      Switch.of(
          "kube-proxy",
          "Whether kube-proxy runs; without it another program must lead from Services to pods, as"
              + " some CNIs do");

  private static final String INITIAL_MEMORY = "256Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "kube_proxy_memory",
          INITIAL_MEMORY,
          "The memory of kube-proxy, which knows every Service and endpoint of the cluster");

  private static final Image IMAGE = Image.of("registry.k8s.io/kube-proxy:v" + Versions.KUBERNETES);

  private static final Workload KUBE_PROXY =
      Workload.inKubeSystem("kube-proxy")
          .because(Reason.HOST_NETWORK, "its rules are those of the node's network")
          .because(Reason.ROOT, "the kernel lets only root change nftables")
          .because(Reason.CAPABILITIES, "NET_ADMIN for nftables and connection tracking")
          .because(
              Reason.PRIVILEGED,
              "the container that runs first and ends sets the kernel's connection tracking; the"
                  + " one that stays has NET_ADMIN only");

  /**
   * nftables, because it changes what changed: in iptables mode each sync rewrites the rules of all
   * Services under the lock that flannel and kube2iam wait for, and packets pass them one by one.
   * Flatcar's kernel is far past the 5.13 that it takes. The others' iptables rules stand in tables
   * of their own, which the kernel asks as well; flannel leaves alone what kube-proxy has marked.
   * NodePorts listen on the node's own address, metrics on the node alone. At least as many
   * connections are tracked as the kernel would by itself: kube-proxy's own minimum is half of it.
   */
  private static final String CONFIG =
      """
      apiVersion: kubeproxy.config.k8s.io/v1alpha1
      kind: KubeProxyConfiguration
      mode: nftables
      clusterCIDR: %s
      nodePortAddresses:
        - primary
      healthzBindAddress: 0.0.0.0:10256
      metricsBindAddress: 127.0.0.1:10249
      conntrack:
        min: 262144
      """
          .formatted(Addresses.PODS);

  @Override
  public String name() {
    return KUBE_PROXY.name();
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
  public List<HasMetadata> objects() {
    return List.of(KUBE_PROXY.serviceAccount(), clusterRoleBinding(), configMap(), daemonSet());
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("DaemonSet", KUBE_PROXY.name(), MEMORY);
  }

  /** Kubernetes has the role. */
  private ClusterRoleBinding clusterRoleBinding() {
    return KUBE_PROXY.clusterRoleBinding(KUBE_PROXY.name(), "system:node-proxier");
  }

  private ConfigMap configMap() {
    return KUBE_PROXY.configMap("config.yaml", CONFIG);
  }

  private DaemonSet daemonSet() {
    return KUBE_PROXY.daemonSet(
        KUBE_PROXY
            .hostPod(Priority.NODE)
            .editMetadata()
            .addToAnnotations(Workload.configured(configMap()))
            .endMetadata()
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withTolerations(Tolerations.EVERYTHING)
            .withInitContainers(prepare())
            .withContainers(kubeProxy())
            .withVolumes(Volumes.configMap("config", KUBE_PROXY.name()))
            .endSpec()
            .build());
  }

  private Container prepare() {
    return run(Containers.privileged("prepare", IMAGE)).addToCommand("--init-only").build();
  }

  /** Alive and ready by {@code /livez}: {@code /healthz} fails on nodes that are being drained. */
  private Container kubeProxy() {
    return run(Containers.root("kube-proxy", IMAGE, "NET_ADMIN"))
        .withPorts(Containers.tcp("health", 10256))
        .withLivenessProbe(Probes.http("/livez", "health"))
        .withReadinessProbe(Probes.http("/livez", "health"))
        .build();
  }

  private static ContainerBuilder run(ContainerBuilder container) {
    return container
        .withCommand(
            "/usr/local/bin/kube-proxy",
            "--config=/etc/kube-proxy/config.yaml",
            "--hostname-override=$(NODE_NAME)")
        .withEnv(EnvVars.apiServer())
        .addToEnv(EnvVars.field("NODE_NAME", "spec.nodeName"))
        .withResources(Resources.of("50m", INITIAL_MEMORY))
        .withVolumeMounts(Volumes.readOnly("config", "/etc/kube-proxy"));
  }
}
