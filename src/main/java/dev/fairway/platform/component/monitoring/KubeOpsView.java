package dev.fairway.platform.component.monitoring;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/**
 * kube-ops-view draws all nodes and their pods, to look at while something goes wrong.
 *
 * <p>It asks nobody who they are, so no pod and no load balancer reaches it: {@code kubectl
 * port-forward -n kube-system deployment/kube-ops-view 8080} does, by the rights of whoever calls
 * it. Redis, which it can share what it found through, is for several replicas; one is enough.
 */
@AutoService(Component.class)
public final class KubeOpsView implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "kube_ops_view_enabled",
          new Bool(),
          "true",
          "Whether there is a picture of all nodes and pods");

  private static final String INITIAL_MEMORY = "256Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "kube_ops_view_memory",
          INITIAL_MEMORY,
          "The memory of kube-ops-view, which knows every pod of the cluster");

  private static final Image IMAGE = Image.of("docker.io/hjacobs/kube-ops-view:20.4.0");

  private static final Workload OPS_VIEW =
      Workload.inKubeSystem("kube-ops-view")
          .because(
              Reason.SINGLE_REPLICA,
              "a picture to look at now and then: a minute without it harms nobody");

  @Override
  public String name() {
    return OPS_VIEW.name();
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
    return List.of(
        OPS_VIEW.serviceAccount(),
        clusterRole(),
        OPS_VIEW.clusterRoleBinding(),
        deployment(),
        OPS_VIEW.networkPolicy());
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("Deployment", OPS_VIEW.name(), MEMORY);
  }

  private ClusterRole clusterRole() {
    return OPS_VIEW.clusterRole(
        Rbac.allow(CORE, List.of("nodes", "pods"), "list"),
        Rbac.allow("metrics.k8s.io", List.of("nodes", "pods"), "get", "list"));
  }

  private Deployment deployment() {
    return OPS_VIEW.deployment(
        1,
        OPS_VIEW
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withContainers(opsView())
            .endSpec()
            .build());
  }

  private static Container opsView() {
    return Containers.restricted("kube-ops-view", IMAGE)
        .withPorts(Containers.tcp("http", 8080))
        .withResources(Resources.of("50m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.http("/health", "http"))
        .withReadinessProbe(Probes.http("/health", "http"))
        .build();
  }
}
