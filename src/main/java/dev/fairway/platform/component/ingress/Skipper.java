package dev.fairway.platform.component.ingress;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Draining;
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
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Skipper routes each request to the pods of the application that its host and path belong to, by
 * Ingresses and RouteGroups. It runs on every worker, of every pool: the load balancers send
 * requests to all of them, by the Auto Scaling groups.
 *
 * <p>It is on the pod network, and the node lends it a port. On the node's own network whoever may
 * write a RouteGroup could have it ask EC2's metadata service for the node's credentials.
 */
@AutoService(Component.class)
public final class Skipper implements Component {
  /** Asked by load balancers and by the kubelet; 503 once it is told to end. */
  static final String HEALTH = "/kube-system/healthz";

  /**
   * One of its routes, or an empty list: a page, whatever the number of routes. Its metrics, which
   * it counts by host, would take it seconds to write while it is busy.
   */
  private static final String ALIVE = "/routes?limit=1";

  private static final int METRICS = 9911;

  /** Needed by whoever lives on RouteGroups: their kind goes with Skipper. */
  public static final Symbol ENABLED =
      Symbol.setting(
          "skipper_enabled",
          new Bool(),
          "true",
          "Whether Skipper routes requests; without it its RouteGroups go, and who lives on them:"
              + " external-dns, the StackSet controller and the load balancers' controller");

  private static final Symbol ACCESS_LOG_DISABLED =
      Symbol.setting(
          "skipper_access_log_disabled",
          new Bool(),
          "false",
          "Whether Skipper leaves out the line of log that it writes for each request");

  private static final String INITIAL_CPU = "100m";

  private static final Symbol CPU =
      Resources.cpuSetting(
          "skipper_cpu",
          INITIAL_CPU,
          "The CPUs that Skipper asks for on each worker; it may take more where the node has"
              + " them");

  private static final String INITIAL_MEMORY = "256Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "skipper_memory",
          INITIAL_MEMORY,
          "Memory of Skipper on each worker, which knows every route and every pod behind it");

  private static final Image IMAGE = Image.of("ghcr.io/zalando/skipper:v0.27.65");

  private static final Workload SKIPPER = Workload.inKubeSystem("skipper");

  @Override
  public String name() {
    return SKIPPER.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(ACCESS_LOG_DISABLED, CPU, MEMORY);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        RouteGroup.definition(SKIPPER),
        SKIPPER.serviceAccount(),
        clusterRole(),
        SKIPPER.clusterRoleBinding(),
        daemonSet(),
        SKIPPER.networkPolicy(Ingress.fromAnyone("ingress"), Ingress.metrics()));
  }

  @Override
  public List<Field> fields() {
    return Stream.concat(
            Stream.of(Resources.cpuField("DaemonSet", SKIPPER.name(), CPU)),
            Resources.memoryFields("DaemonSet", SKIPPER.name(), MEMORY).stream())
        .toList();
  }

  /** It asks for all of them every three seconds, and watches none. */
  private ClusterRole clusterRole() {
    return SKIPPER.clusterRole(
        Rbac.allow("networking.k8s.io", List.of("ingresses"), "list"),
        Rbac.allow(RouteGroup.GROUP, List.of(RouteGroup.PLURAL), "list"),
        Rbac.allow(CORE, List.of("services"), "list"),
        Rbac.allow("discovery.k8s.io", List.of("endpointslices"), "list"));
  }

  private DaemonSet daemonSet() {
    return SKIPPER.daemonSet(
        SKIPPER
            .pod(Priority.NODE)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.WORKERS)
            .withTolerations(Tolerations.EVERYTHING)
            .withTerminationGracePeriodSeconds(Draining.GRACE.toSeconds())
            .withContainers(skipper())
            .endSpec()
            .build());
  }

  private Container skipper() {
    return Containers.restricted("skipper", IMAGE)
        .withCommand("skipper")
        .withArgs(routes())
        .addAllToArgs(requests())
        .addAllToArgs(observation())
        .withPorts(
            Containers.hostPort("ingress", Addresses.INGRESS.from()),
            Containers.tcp("metrics", METRICS))
        .withResources(Resources.of(INITIAL_CPU, INITIAL_MEMORY))
        .withLivenessProbe(Probes.http(ALIVE, "metrics"))
        .withReadinessProbe(Probes.http(HEALTH, "ingress"))
        .build();
  }

  private static List<String> routes() {
    return List.of(
        "-kubernetes",
        "-kubernetes-in-cluster",
        "-enable-kubernetes-endpointslices",
        "-kubernetes-path-mode=path-prefix",
        // The load balancers do it, and ask by HTTP themselves.
        "-kubernetes-https-redirect=false",
        // A VPC that a cluster brings may have addresses that are not private.
        "-whitelisted-healthcheck-cidr=" + Facts.VPC_CIDR.token(),
        // Ready only with routes: without them it would answer 404 for every application.
        "-wait-first-route-load");
  }

  private static List<String> requests() {
    return List.of(
        "-address=:" + Addresses.INGRESS,
        "-proxy-preserve-host",
        // Of the addresses in X-Forwarded-For only the last is the load balancer's own word.
        "-reverse-source-predicate",
        "-enable-ratelimits",
        // WebSockets.
        "-experimental-upgrade",
        "-max-audit-body=0",
        "-idle-timeout-server=" + Draining.text(Draining.KEPT_ALIVE),
        "-write-timeout-server=" + Draining.text(Draining.IDLE),
        "-wait-for-healthcheck-interval=" + Draining.text(Draining.UNNOTICED));
  }

  private static List<String> observation() {
    return List.of(
        "-support-listener=:" + METRICS,
        "-metrics-flavour=prometheus",
        // By host, or nobody could scale an application by its requests.
        "-serve-host-metrics",
        // Nobody scales by it, and of every series there would be one for each method.
        "-serve-method-metric=false",
        "-enable-connection-metrics",
        "-histogram-metric-buckets=.01,.025,.05,.1,.25,.5,1,2.5,5,10,30,60",
        "-access-log-disabled=" + ACCESS_LOG_DISABLED.token());
  }
}
