package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Optional;

/**
 * The vertical pod autoscaler's updater brings pods that are far from what is recommended to their
 * new size: in place where their VerticalPodAutoscaler says so, or evicted, as disruption budgets
 * allow. It does neither while nothing would size the pods that come after them.
 */
@AutoService(Component.class)
public final class VpaUpdater implements Component {
  private static final Image IMAGE = Image.of("registry.k8s.io/autoscaling/vpa-updater:1.7.1");

  private static final Workload UPDATER = Workload.inKubeSystem("vpa-updater");

  @Override
  public String name() {
    return UPDATER.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(VerticalPodAutoscaler.ENABLED);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        UPDATER.serviceAccount(),
        clusterRole(),
        UPDATER.clusterRoleBinding(),
        ownLeases(),
        UPDATER.roleBinding(),
        deployment(),
        UPDATER.disruptionBudget(),
        UPDATER.networkPolicy(Ingress.metrics()));
  }

  private ClusterRole clusterRole() {
    return VpaPrograms.seeingTargets(
        UPDATER,
        Rbac.allow(CORE, List.of("pods"), "get", "list", "watch", "patch"),
        Rbac.allow(CORE, List.of("pods/eviction"), "create"),
        Rbac.allow(CORE, List.of("pods/resize"), "patch"),
        Rbac.allow(CORE, List.of("events"), "create", "patch"));
  }

  /** By the other lease it knows whether the admission controller is alive. */
  private Role ownLeases() {
    var own = VpaPrograms.lease(UPDATER);
    return UPDATER.namespacedRole(
        own[0],
        own[1],
        Rbac.allowNamed(
            "coordination.k8s.io", "leases", VpaAdmissionController.ADMISSION.name(), "get"));
  }

  private Deployment deployment() {
    return UPDATER.deployment(
        2,
        UPDATER
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(updater())
            .endSpec()
            .build());
  }

  private Container updater() {
    return Containers.restricted("updater", IMAGE)
        .withArgs(
            "--v=2",
            "--leader-elect=true",
            "--leader-elect-resource-name=" + UPDATER.name(),
            // One every ten seconds: a recommendation that changes for all must not move all.
            "--eviction-rate-limit=0.1")
        .withEnv(EnvVars.field("NAMESPACE", "metadata.namespace"))
        .withPorts(Containers.tcp("metrics", 8943))
        .withResources(Resources.of("20m", "128Mi"))
        .withLivenessProbe(Probes.http("/health-check", "metrics"))
        .withReadinessProbe(Probes.http("/health-check", "metrics"))
        .build();
  }
}
