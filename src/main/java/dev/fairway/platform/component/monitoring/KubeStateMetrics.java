package dev.fairway.platform.component.monitoring;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Ingress;
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
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * kube-state-metrics counts the cluster's objects: nodes that are ready, pods that wait, endpoints
 * that a Service has.
 */
@AutoService(Component.class)
public final class KubeStateMetrics implements Component {
  static final Symbol ENABLED =
      Symbol.setting(
          "kube_state_metrics_enabled",
          new Bool(),
          "true",
          "Whether kube-state-metrics runs; without it no alert knows nodes, pods and Services");

  private static final String INITIAL_MEMORY = "256Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "kube_state_metrics_memory",
          INITIAL_MEMORY,
          "Memory of kube-state-metrics, which knows every object: 1Gi for 5,000 pods");

  private static final Image IMAGE =
      Image.of("registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0");

  private static final Workload STATE =
      Workload.inKubeSystem("kube-state-metrics")
          .because(
              Reason.SINGLE_REPLICA,
              "it elects no leader, and whoever sums what two of them show counts every object"
                  + " twice");

  /**
   * The kinds that it counts, by API group. Not among them: Secrets and ConfigMaps, whose content
   * its token could read then.
   */
  private static final SortedMap<String, List<String>> COUNTED =
      new TreeMap<>(
          Map.of(
              CORE,
              List.of(
                  "limitranges",
                  "namespaces",
                  "nodes",
                  "persistentvolumeclaims",
                  "persistentvolumes",
                  "pods",
                  "resourcequotas",
                  "services"),
              "apps",
              List.of("daemonsets", "deployments", "replicasets", "statefulsets"),
              "autoscaling",
              List.of("horizontalpodautoscalers"),
              "batch",
              List.of("cronjobs", "jobs"),
              "discovery.k8s.io",
              List.of("endpointslices"),
              "policy",
              List.of("poddisruptionbudgets")));

  @Override
  public String name() {
    return STATE.name();
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
        STATE.serviceAccount(),
        clusterRole(),
        STATE.clusterRoleBinding(),
        deployment(),
        STATE.networkPolicy(Ingress.metrics()));
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("Deployment", STATE.name(), MEMORY);
  }

  private ClusterRole clusterRole() {
    return STATE.clusterRole(
        COUNTED.entrySet().stream()
            .map(kinds -> Rbac.allow(kinds.getKey(), kinds.getValue(), "list", "watch"))
            .toArray(PolicyRule[]::new));
  }

  private Deployment deployment() {
    return STATE.deployment(
        1,
        STATE
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withContainers(state())
            .endSpec()
            .build());
  }

  private Container state() {
    return Containers.restricted("kube-state-metrics", IMAGE)
        .withArgs(
            "--port=8080",
            "--telemetry-port=8081",
            "--resources=" + resources(),
            // Endpoints know their Service by this label only.
            "--metric-labels-allowlist=endpointslices=[kubernetes.io/service-name]")
        .withPorts(Containers.tcp("metrics", 8080), Containers.tcp("telemetry", 8081))
        .withResources(Resources.of("50m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.http("/livez", "metrics"))
        .withReadinessProbe(Probes.http("/readyz", "telemetry"))
        .build();
  }

  private static String resources() {
    return String.join(",", COUNTED.values().stream().flatMap(List::stream).sorted().toList());
  }
}
