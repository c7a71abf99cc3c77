package dev.fairway.platform.component.network;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * flannel joins the nodes' pods to one network. Each node's share of the addresses comes from the
 * controller manager through the API: flannel itself stays away from etcd.
 */
@AutoService(Component.class)
public final class Flannel implements Component {
  public static final Symbol ENABLED =
      Switch.of(
          "flannel",
          "Whether flannel runs; without it bring a CNI of your own, or no pod has a network");

  /** The bridge that a node's pods hang on, and all their packets come from. */
  public static final String BRIDGE = "cni0";

  private static final Image IMAGE = Image.of("ghcr.io/flannel-io/flannel:v0.28.9");
  private static final Image PLUGIN =
      Image.of("ghcr.io/flannel-io/flannel-cni-plugin:v1.9.1-flannel3");

  private static final Workload FLANNEL =
      Workload.inKubeSystem("flannel")
          .because(Reason.HOST_NETWORK, "it makes the network that other pods are on")
          .because(Reason.ROOT, "the kernel lets only root change devices, routes and iptables")
          .because(
              Reason.CAPABILITIES,
              "NET_ADMIN for devices, routes and iptables, NET_RAW because iptables opens a raw"
                  + " socket")
          .because(
              Reason.WRITABLE_ROOT,
              "the image's iptables finds the node's back end once and keeps it as a link in"
                  + " /usr/sbin; otherwise it would look at each of its many calls")
          .because(
              Reason.HOST_PATH,
              "the kubelet's container runtime reads the plugin, its configuration and the node's"
                  + " subnet, and iptables is locked for all who use it");

  /**
   * VXLAN, because a VPC routes no addresses but its own, and its route tables are too short for a
   * thousand nodes. The bridge turns packets back to where they came from, so that a pod reaches
   * itself through its Service.
   */
  private static final Map<String, String> CONFIG =
      Map.of(
          "net-conf.json",
          """
          {
            "Network": "%s",
            "Backend": {"Type": "vxlan", "Port": %s}
          }
          """
              .formatted(Addresses.PODS, Addresses.VXLAN),
          "cni-conf.json",
          """
          {
            "name": "flannel",
            "cniVersion": "0.3.1",
            "plugins": [
              {
                "type": "flannel",
                "delegate": {"bridge": "%s", "hairpinMode": true, "isDefaultGateway": true}
              },
              {"type": "portmap", "capabilities": {"portMappings": true}}
            ]
          }
          """
              .formatted(BRIDGE));

  @Override
  public String name() {
    return FLANNEL.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE, PLUGIN);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        FLANNEL.serviceAccount(),
        clusterRole(),
        FLANNEL.clusterRoleBinding(),
        configMap(),
        daemonSet());
  }

  /** Nodes find each other by annotations that each writes with its own status. */
  private ClusterRole clusterRole() {
    return FLANNEL.clusterRole(
        Rbac.allow(CORE, List.of("nodes"), "get", "list", "watch"),
        Rbac.allow(CORE, List.of("nodes/status"), "patch"));
  }

  private ConfigMap configMap() {
    return FLANNEL.configMap(CONFIG);
  }

  private DaemonSet daemonSet() {
    return FLANNEL.daemonSet(
        FLANNEL
            .hostPod(Priority.NODE)
            .editMetadata()
            .addToAnnotations(Workload.configured(configMap()))
            .endMetadata()
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withTolerations(Tolerations.EVERYTHING)
            .withInitContainers(installPlugin(), installConfig())
            .withContainers(flannel())
            .withVolumes(
                Volumes.configMap("config", FLANNEL.name()),
                Volumes.hostFolderOrNew("plugins", "/opt/cni/bin"),
                Volumes.hostFolderOrNew("networks", "/etc/cni/net.d"),
                Volumes.hostFolderOrNew("run", "/run/flannel"),
                Volumes.hostFileOrNew("xtables-lock", "/run/xtables.lock"))
            .endSpec()
            .build());
  }

  private Container installPlugin() {
    return Containers.root("install-plugin", PLUGIN)
        .withCommand("cp", "-f", "/flannel", "/opt/cni/bin/flannel")
        .withResources(Resources.of("25m", "128Mi"))
        .withVolumeMounts(Volumes.writable("plugins", "/opt/cni/bin"))
        .build();
  }

  /** The node is not ready before this file is there, so it is written last, and at once. */
  private Container installConfig() {
    return Containers.root("install-config", IMAGE)
        .withCommand(
            "/opt/bin/install-conf",
            "/etc/kube-flannel/cni-conf.json",
            "/etc/cni/net.d/10-flannel.conflist")
        .withResources(Resources.of("25m", "128Mi"))
        .withVolumeMounts(
            Volumes.readOnly("config", "/etc/kube-flannel"),
            Volumes.writable("networks", "/etc/cni/net.d"))
        .build();
  }

  private Container flannel() {
    return Containers.root("flannel", IMAGE, "NET_ADMIN", "NET_RAW")
        .editSecurityContext()
        .withReadOnlyRootFilesystem(false)
        .endSecurityContext()
        .withCommand("/opt/bin/flanneld")
        .withArgs("--kube-subnet-mgr", "--ip-masq", "--healthz-ip=127.0.0.1", "--healthz-port=8081")
        .withEnv(EnvVars.apiServer())
        .addToEnv(EnvVars.field("NODE_NAME", "spec.nodeName"))
        .withPorts(Containers.tcp("health", 8081))
        .withResources(Resources.of("25m", "128Mi"))
        .withLivenessProbe(Probes.loopback("/healthz", "health"))
        .withReadinessProbe(Probes.loopback("/readyz", "health"))
        .withVolumeMounts(
            Volumes.readOnly("config", "/etc/kube-flannel"),
            Volumes.writable("run", "/run/flannel"),
            Volumes.writable("xtables-lock", "/run/xtables.lock"))
        .build();
  }
}
