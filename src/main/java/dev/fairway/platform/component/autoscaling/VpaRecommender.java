package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.Field;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The vertical pod autoscaler's recommender watches what containers use, and writes what they
 * should ask for into their VerticalPodAutoscaler. It brings the kinds of all three programs.
 *
 * <p>What it has learned it keeps in checkpoints in the API, so that it needs no history from
 * Prometheus, which it sizes.
 */
@AutoService(Component.class)
public final class VpaRecommender implements Component {
  private static final String INITIAL_MEMORY = "256Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "vpa_recommender_memory",
          INITIAL_MEMORY,
          "Memory of the vertical pod autoscaler's recommender, which knows every pod that a"
              + " VerticalPodAutoscaler sizes: 1Gi for 10,000 containers");

  private static final Image IMAGE = Image.of("registry.k8s.io/autoscaling/vpa-recommender:1.7.1");

  private static final Workload RECOMMENDER = Workload.inKubeSystem("vpa-recommender");

  @Override
  public String name() {
    return RECOMMENDER.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(VerticalPodAutoscaler.ENABLED);
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
    var objects = new ArrayList<>(VerticalPodAutoscaler.definitions(RECOMMENDER));
    objects.addAll(
        List.of(
            RECOMMENDER.serviceAccount(),
            clusterRole(),
            RECOMMENDER.clusterRoleBinding(),
            VpaPrograms.leases(RECOMMENDER),
            RECOMMENDER.roleBinding(),
            deployment(),
            RECOMMENDER.disruptionBudget(),
            RECOMMENDER.networkPolicy(Ingress.metrics())));
    return objects;
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("Deployment", RECOMMENDER.name(), MEMORY);
  }

  /** It deletes the checkpoints of what is gone, namespace by namespace. */
  private ClusterRole clusterRole() {
    var group = VerticalPodAutoscaler.KIND.group();
    return VpaPrograms.seeingTargets(
        RECOMMENDER,
        Rbac.allow(CORE, List.of("pods"), "get", "list", "watch"),
        Rbac.allow(CORE, List.of("events"), "list", "watch"),
        Rbac.allow(CORE, List.of("namespaces"), "list"),
        Rbac.allow("metrics.k8s.io", List.of("pods"), "list"),
        Rbac.allow(group, List.of("verticalpodautoscalers/status"), "patch"),
        Rbac.allow(
            group,
            List.of("verticalpodautoscalercheckpoints"),
            "get",
            "list",
            "create",
            "patch",
            "delete"));
  }

  private Deployment deployment() {
    return RECOMMENDER.deployment(
        2,
        RECOMMENDER
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(recommender())
            .endSpec()
            .build());
  }

  private Container recommender() {
    return Containers.restricted("recommender", IMAGE)
        .withArgs(
            "--v=2",
            "--leader-elect=true",
            "--leader-elect-resource-name=" + RECOMMENDER.name(),
            // Pods that nothing sizes would fill its memory.
            "--memory-saver=true",
            // Its own least is 250Mi a pod, more than most of what runs here uses.
            "--pod-recommendation-min-memory-mb=32",
            "--pod-recommendation-min-cpu-millicores=10")
        .withPorts(Containers.tcp("metrics", 8942))
        .withResources(Resources.of("20m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.http("/health-check", "metrics"))
        .withReadinessProbe(Probes.http("/health-check", "metrics"))
        .build();
  }
}
