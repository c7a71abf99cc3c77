package dev.fairway.platform.component.node;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
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
import dev.fairway.platform.component.Texts;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/**
 * node-problem-detector reads what the kernel of each node has to complain about, and says so by
 * conditions of the node (what stays until it is replaced), events and metrics. What is told, and
 * by which words of the kernel it is known, stands in {@code kernel-monitor.json}.
 */
@AutoService(Component.class)
public final class NodeProblemDetector implements Component {
  private static final String KERNEL = "kernel-monitor.json";
  private static final String JOURNAL = "/var/log/journal";

  private static final Symbol ENABLED =
      Switch.of(
          "node-problem-detector",
          "Whether nodes tell what their kernels complain about; without it a broken"
              + " disk or GPU is found by what fails on it");

  private static final Image IMAGE =
      Image.of("registry.k8s.io/node-problem-detector/node-problem-detector:v1.35.2");

  private static final Workload DETECTOR =
      Workload.inKubeSystem("node-problem-detector")
          .because(
              Reason.ROOT, "the node's journal can be read by root, and by a group of the node")
          .because(Reason.HOST_PATH, "it reads the node's journal");

  @Override
  public String name() {
    return DETECTOR.name();
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
    return List.of(
        DETECTOR.serviceAccount(),
        clusterRole(),
        DETECTOR.clusterRoleBinding(),
        configMap(),
        daemonSet(),
        DETECTOR.networkPolicy(Ingress.metrics()));
  }

  private ClusterRole clusterRole() {
    return DETECTOR.clusterRole(
        Rbac.allow(CORE, List.of("nodes"), "get"),
        Rbac.allow(CORE, List.of("nodes/status"), "patch"),
        Rbac.allow(CORE, List.of("events"), "create", "patch"));
  }

  private ConfigMap configMap() {
    return DETECTOR.configMap(KERNEL, Texts.beside(NodeProblemDetector.class, KERNEL));
  }

  private DaemonSet daemonSet() {
    return DETECTOR.daemonSet(
        DETECTOR
            .pod(Priority.NODE)
            .editMetadata()
            .addToAnnotations(Workload.configured(configMap()))
            .endMetadata()
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withTolerations(Tolerations.EVERYTHING)
            .withContainers(detector())
            .withVolumes(
                Volumes.configMap("config", DETECTOR.name()),
                Volumes.hostFolder("journal", JOURNAL))
            .endSpec()
            .build());
  }

  /**
   * The kernel's messages come from the journal, not from {@code /dev/kmsg}: that device would take
   * a privileged container.
   */
  private Container detector() {
    return Containers.root("node-problem-detector", IMAGE)
        .withCommand("/node-problem-detector")
        .withArgs(
            "--logtostderr",
            "--config.system-log-monitor=/config/" + KERNEL,
            "--address=0.0.0.0",
            "--port=20256",
            "--prometheus-address=0.0.0.0",
            "--prometheus-port=20257",
            "--kube-api-qps=5",
            "--kube-api-burst=20")
        .withEnv(EnvVars.field("NODE_NAME", "spec.nodeName"))
        .withPorts(Containers.tcp("health", 20256), Containers.tcp("metrics", 20257))
        .withResources(Resources.of("10m", "80Mi"))
        .withLivenessProbe(Probes.http("/healthz", "health"))
        .withReadinessProbe(Probes.http("/healthz", "health"))
        .withVolumeMounts(
            Volumes.readOnly("config", "/config"), Volumes.readOnly("journal", JOURNAL))
        .build();
  }
}
