package dev.fairway.platform.component.ingress;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Optional;

/**
 * The StackSet controller runs several versions of an application side by side, each a Stack of its
 * StackSet, and moves the traffic between them.
 */
@AutoService(Component.class)
public final class StackSetController implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "stackset_controller_enabled",
          new Bool(),
          "true",
          "Whether applications may come as StackSets, whose traffic moves between versions;"
              + " without it those that are there go");

  private static final Symbol INTERVAL =
      Symbol.setting(
          "stackset_controller_interval",
          new Text("[1-9][0-9]{0,2}s", "a time such as 10s"),
          "10s",
          "How often StackSets are looked at");

  private static final Image IMAGE =
      Image.of("ghcr.io/zalando-incubator/stackset-controller:v1.4.131");

  private static final Workload CONTROLLER =
      Workload.inKubeSystem("stackset-controller")
          .because(Reason.SINGLE_REPLICA, "it elects no leader, and two would undo each other");

  private static final String[] OWN = {"get", "list", "create", "update", "patch", "delete"};

  @Override
  public String name() {
    return CONTROLLER.name();
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> needs() {
    return List.of(Skipper.ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(INTERVAL);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        StackSet.definition(CONTROLLER),
        Stack.definition(CONTROLLER),
        CONTROLLER.serviceAccount(),
        clusterRole(),
        CONTROLLER.clusterRoleBinding(),
        deployment(),
        CONTROLLER.networkPolicy(Ingress.metrics()));
  }

  /**
   * No ConfigMaps and no Secrets of Stacks, or it could read and write all of them in every
   * namespace: pods name those that are there.
   */
  private ClusterRole clusterRole() {
    return CONTROLLER.clusterRole(
        Rbac.allow(RouteGroup.GROUP, List.of(StackSet.PLURAL, Stack.PLURAL), OWN),
        Rbac.allow(RouteGroup.GROUP, List.of(StackSet.PLURAL, Stack.PLURAL), "watch"),
        Rbac.allow(
            RouteGroup.GROUP,
            List.of(StackSet.PLURAL + "/status", Stack.PLURAL + "/status"),
            "get",
            "update",
            "patch"),
        Rbac.allow(RouteGroup.GROUP, List.of(RouteGroup.PLURAL), OWN),
        Rbac.allow("apps", List.of("deployments"), OWN),
        Rbac.allow("autoscaling", List.of("horizontalpodautoscalers"), OWN),
        Rbac.allow("networking.k8s.io", List.of("ingresses"), OWN),
        Rbac.allow(CORE, List.of("services"), OWN),
        Rbac.allow(CORE, List.of("events"), "create", "patch", "update"));
  }

  private Deployment deployment() {
    return CONTROLLER.deployment(
        1,
        CONTROLLER
            .pod(Priority.CONTROLLER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(controller())
            .endSpec()
            .build());
  }

  private Container controller() {
    return Containers.restricted("controller", IMAGE)
        .withArgs(
            "--cluster-domain=" + Facts.HOSTED_ZONE_NAME.token(),
            "--enable-routegroup-support",
            "--interval=" + INTERVAL.token())
        .withPorts(Containers.tcp("metrics", 7979))
        .withResources(Resources.of("25m", "128Mi"))
        .withLivenessProbe(Probes.http("/metrics", "metrics"))
        .withReadinessProbe(Probes.http("/metrics", "metrics"))
        .build();
  }
}
