package dev.fairway.platform.component.monitoring;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Reach;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** node-exporter shows what the kernel of each node counts: disk, memory, CPU, network. */
@AutoService(Component.class)
public final class NodeExporter implements Component {
  static final Symbol ENABLED =
      Symbol.setting(
          "node_exporter_enabled",
          new Bool(),
          "true",
          "Whether node-exporter runs; without it nobody sees disks fill up");

  private static final Image IMAGE = Image.of("quay.io/prometheus/node-exporter:v1.12.1");

  private static final Workload EXPORTER =
      Workload.inKubeSystem("node-exporter")
          .because(Reason.HOST_NETWORK, "it counts what passes the node's own interfaces")
          .because(
              Reason.HOST_PATH,
              "it looks at the node's file systems, and at what the kernel shows in /proc and"
                  + " /sys; all of it read-only, as a user who owns nothing there");

  private static final int PORT = 9100;

  private static final String ROOT = "/host/root";

  /**
   * What our rules and dashboards ask for. All collectors would be three times as many series, and
   * some of them read what only root may.
   */
  private static final List<String> COLLECTORS =
      List.of(
          "conntrack",
          "cpu",
          "diskstats",
          "filefd",
          "filesystem",
          "loadavg",
          "meminfo",
          "netdev",
          "netstat",
          "nvme",
          "pressure",
          "stat",
          "time",
          "uname",
          "vmstat");

  @Override
  public String name() {
    return EXPORTER.name();
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
    return Ingress.metricsOnNodes(EXPORTER.name(), PORT);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(EXPORTER.serviceAccount(), daemonSet());
  }

  private DaemonSet daemonSet() {
    return EXPORTER.daemonSet(
        EXPORTER
            .hostPod(Priority.CONTROLLER)
            .editSpec()
            .withTolerations(Tolerations.EVERYTHING)
            .withContainers(exporter())
            .withVolumes(Volumes.hostFolder("root", "/"))
            .endSpec()
            .build());
  }

  private Container exporter() {
    return Containers.restricted("node-exporter", IMAGE)
        .withArgs(arguments())
        .withPorts(Containers.tcp("metrics", PORT))
        .withResources(Resources.of("20m", "64Mi"))
        .withLivenessProbe(Probes.http("/", "metrics"))
        .withReadinessProbe(Probes.http("/", "metrics"))
        .withVolumeMounts(root())
        .build();
  }

  private static List<String> arguments() {
    return Stream.concat(
            Stream.of(
                "--web.listen-address=:" + PORT,
                "--path.rootfs=" + ROOT,
                "--path.procfs=" + ROOT + "/proc",
                "--path.sysfs=" + ROOT + "/sys",
                // Those of pods and containers come and go by the thousand, on the same disks.
                "--collector.filesystem.mount-points-exclude="
                    + "^/((dev|proc|run|sys)($|/)|var/lib/(containerd|docker|kubelet)/.+)",
                // One end of each pod's cable: the kubelet counts pods by their names.
                "--collector.netdev.device-exclude=^(lo|veth.+)$",
                "--collector.disable-defaults"),
            COLLECTORS.stream().map("--collector."::concat))
        .toList();
  }

  /** What the node mounts later appears too. */
  private static VolumeMount root() {
    return new VolumeMountBuilder(Volumes.readOnly("root", ROOT))
        .withMountPropagation("HostToContainer")
        .build();
  }
}
