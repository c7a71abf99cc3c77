package dev.fairway.platform.component.autoscaling;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.cloud.Arns;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The metrics adapter looks at every HorizontalPodAutoscaler, collects what it names and answers
 * for it: the length of an SQS queue, requests per second at Skipper, a query of Prometheus, a
 * schedule.
 *
 * <p>It elects no leader and needs none: each replica collects everything and answers from what it
 * has. It runs on masters, because an API that does not answer holds up the deletion of every
 * namespace, and must not wait for the first worker.
 */
@AutoService(Component.class)
public final class KubeMetricsAdapter implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "kube_metrics_adapter_enabled",
          new Bool(),
          "true",
          "Whether the metrics adapter runs; without it HorizontalPodAutoscalers know CPU and"
              + " memory only, and ScalingSchedules go with their kinds");

  private static final Symbol WINDOW =
      Symbol.setting(
          "scaling_schedule_window",
          new Text("[1-9][0-9]{0,3}[smh]", "a time such as 10m"),
          "10m",
          "How long a ScalingSchedule takes to rise to its value and to fall from it, where it"
              + " does not say");

  private static final String INITIAL_MEMORY = "128Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "kube_metrics_adapter_memory",
          INITIAL_MEMORY,
          "Memory of the metrics adapter: 1Mi for each HorizontalPodAutoscaler and 64Mi besides");

  private static final Image IMAGE =
      Image.of("ghcr.io/zalando-incubator/kube-metrics-adapter:v0.2.9");

  private static final String NAME = "kube-metrics-adapter";

  private static final Role ROLE =
      Role.ofMasterPods(
          NAME,
          List.of(
              Statement.allow(
                      "SeeLengthOfQueues",
                      List.of("sqs:GetQueueAttributes", "sqs:GetQueueUrl"),
                      List.of(Arns.regional("sqs", "*")))
                  .because(
                      "applications make their queues, under names that nobody here knows; how"
                          + " long one is may be seen, and no message")));

  private static final Workload ADAPTER = Workload.inKubeSystem(NAME).assuming(ROLE);

  private static final List<String> GROUPS =
      List.of("custom.metrics.k8s.io", "external.metrics.k8s.io");

  private static final String PROMETHEUS_URL =
      "http://" + Ingress.PROMETHEUS + ".kube-system.svc.cluster.local:9090";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(WINDOW, MEMORY);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public Optional<Role> role() {
    return Optional.of(ROLE);
  }

  @Override
  public List<HasMetadata> objects() {
    var objects = new ArrayList<>(ScalingSchedules.definitions(ADAPTER));
    objects.addAll(ScalingSchedules.roles(ADAPTER));
    objects.addAll(
        List.of(
            ADAPTER.serviceAccount(),
            clusterRole(),
            ADAPTER.clusterRoleBinding(),
            ADAPTER.clusterRoleBinding(NAME + "-delegation", "system:auth-delegator"),
            authentication(),
            deployment(),
            ADAPTER.disruptionBudget(),
            ADAPTER.networkPolicy(Ingress.fromApiServer("https"), Ingress.metrics()),
            ADAPTER.service(Workload.servicePort("https", 443))));
    GROUPS.forEach(group -> objects.add(apiService(group)));
    return objects;
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("Deployment", NAME, MEMORY);
  }

  /** The controller that counts pods has its own right to ask, from Kubernetes itself. */
  private ClusterRole clusterRole() {
    return ADAPTER.clusterRole(
        Rbac.allow("autoscaling", List.of("horizontalpodautoscalers"), "get", "list", "watch"),
        Rbac.allow("apps", List.of("deployments", "statefulsets"), "get"),
        Rbac.allow(CORE, List.of("pods"), "list"),
        Rbac.allow(CORE, List.of("events"), "create", "patch"),
        Rbac.allow("networking.k8s.io", List.of("ingresses"), "get"),
        Rbac.allow("zalando.org", List.of("routegroups"), "get"),
        Rbac.allow(ScalingSchedules.GROUP, ScalingSchedules.PLURALS, "get", "list", "watch"),
        Rbac.allow(
            ScalingSchedules.GROUP,
            ScalingSchedules.PLURALS.stream().map(plural -> plural + "/status").toList(),
            "update"));
  }

  /** To know the API server's front proxy when it passes a request on. */
  private RoleBinding authentication() {
    return ADAPTER.roleBinding(
        NAME + "-authentication", "extension-apiserver-authentication-reader");
  }

  private Deployment deployment() {
    return ADAPTER.deployment(
        2,
        ADAPTER
            .pod(Priority.CLUSTER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(adapter())
            .withVolumes(Volumes.scratch("certificate", "1Mi"))
            .endSpec()
            .build());
  }

  private Container adapter() {
    return Containers.restricted("adapter", IMAGE)
        .withArgs(
            "--secure-port=6443",
            "--cert-dir=/certificate",
            "--prometheus-server=" + PROMETHEUS_URL,
            "--skipper-ingress-metrics",
            "--skipper-routegroup-metrics",
            "--external-rps-metrics",
            "--aws-external-metrics",
            "--aws-region=" + Facts.REGION.token(),
            "--scaling-schedule",
            "--scaling-schedule-default-scaling-window=" + WINDOW.token(),
            "--scaling-schedule-default-time-zone=UTC")
        .withEnv(EnvVars.of("AWS_REGION", Facts.REGION.token()))
        .withPorts(Containers.tcp("https", 6443), Containers.tcp("metrics", 7979))
        .withResources(Resources.of("50m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.https("/livez", "https"))
        .withReadinessProbe(Probes.https("/readyz", "https"))
        .withVolumeMounts(Volumes.writable("certificate", "/certificate"))
        .build();
  }

  private APIService apiService(String group) {
    return new APIServiceBuilder()
        .withMetadata(
            ADAPTER
                .clusterMetadata()
                .edit()
                .withName("v1beta1." + group)
                .addToAnnotations(
                    Reason.INSECURE_TLS.annotation(),
                    "each replica signs its own certificate when it starts: whoever could answer"
                        + " in its place could make an application run at its least or its most,"
                        + " and no more")
                .build())
        .withNewSpec()
        .withGroup(group)
        .withVersion("v1beta1")
        .withGroupPriorityMinimum(100)
        .withVersionPriority(100)
        .withInsecureSkipTLSVerify(true)
        .withNewService(ADAPTER.name(), ADAPTER.namespace(), 443)
        .endSpec()
        .build();
  }
}
