package dev.fairway.platform.component.node;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Optional;

/**
 * NVIDIA's device plugin tells the kubelet of GPU nodes how many GPUs there are, so that pods can
 * ask for {@code nvidia.com/gpu}. The driver and the container runtime are the node's own part. In
 * a cluster without a GPU pool it has no pod.
 */
@AutoService(Component.class)
public final class NvidiaDevicePlugin implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "nvidia-device-plugin",
          "Whether pods can ask for the GPUs of GPU pools; without it nodes offer none");

  private static final Image IMAGE = Image.of("nvcr.io/nvidia/k8s-device-plugin:v0.17.3");

  private static final Workload PLUGIN =
      Workload.inKubeSystem("nvidia-device-plugin")
          .because(Reason.ROOT, "the kubelet's folder of device plugins is root's")
          .because(Reason.HOST_PATH, "it meets the kubelet at a socket in a folder of the node")
          .because(
              Reason.PROBES,
              "it serves nothing but that socket; it ends by itself when the kubelet or the driver"
                  + " is gone, and a node without it offers no GPU");

  @Override
  public String name() {
    return PLUGIN.name();
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
  public List<HasMetadata> objects() {
    return List.of(PLUGIN.serviceAccount(), daemonSet());
  }

  /** Pools may have taints of their own, so the GPU's is not the only one to put up with. */
  private DaemonSet daemonSet() {
    return PLUGIN.daemonSet(
        PLUGIN
            .pod(Priority.NODE)
            .editSpec()
            .withNodeSelector(NodeSelectors.GPUS)
            .withTolerations(Tolerations.EVERYTHING)
            .withContainers(plugin())
            .withVolumes(Volumes.hostFolder("device-plugins", "/var/lib/kubelet/device-plugins"))
            .endSpec()
            .build());
  }

  /**
   * It asks for no GPU, and sees all of them by the variables that NVIDIA's container runtime
   * reads. Without a driver it ends, and is tried again: the node builds one when it first boots.
   */
  private Container plugin() {
    return Containers.root("nvidia-device-plugin", IMAGE)
        .withCommand("nvidia-device-plugin")
        .withEnv(
            EnvVars.of("FAIL_ON_INIT_ERROR", "true"),
            EnvVars.of("NVIDIA_VISIBLE_DEVICES", "all"),
            EnvVars.of("NVIDIA_DRIVER_CAPABILITIES", "compute,utility"))
        .withResources(Resources.of("10m", "128Mi"))
        .withVolumeMounts(Volumes.writable("device-plugins", "/var/lib/kubelet/device-plugins"))
        .build();
  }
}
