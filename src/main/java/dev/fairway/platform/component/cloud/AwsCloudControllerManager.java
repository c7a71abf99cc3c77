package dev.fairway.platform.component.cloud;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.NodeSelectors;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Optional;

/**
 * The AWS cloud controller manager writes into each Node what EC2 knows of its instance (addresses,
 * zone, type), and deletes Nodes whose instance is gone. It knows a cluster's instances by the tag
 * {@code kubernetes.io/cluster/<cluster id>}.
 *
 * <p>It has no IAM role of its own: in the masters' network it gets the masters' role, which may
 * describe instances, instance topologies, regions and zones. Load balancers and routes, for which
 * it would need to change things in AWS, are the work of others.
 */
@AutoService(Component.class)
public final class AwsCloudControllerManager implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "aws-cloud-controller-manager",
          "Whether the AWS cloud controller manager runs; without it another must write the"
              + " addresses of nodes and take their taint away, or nothing is ever scheduled");

  private static final Image IMAGE =
      Image.of("registry.k8s.io/provider-aws/cloud-controller-manager:v1.36.1");

  private static final Workload MANAGER =
      Workload.inKubeSystem("aws-cloud-controller-manager")
          .because(
              Reason.HOST_NETWORK,
              "no node has a pod network, or an address to reach a Service by, before this has"
                  + " written the node's addresses");

  /** Kubernetes fixes it in the program, for both controllers together. */
  private static final String LEASE = "cloud-controller-manager";

  @Override
  public String name() {
    return MANAGER.name();
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
        MANAGER.serviceAccount(),
        clusterRole(),
        MANAGER.clusterRoleBinding(),
        leases(),
        MANAGER.roleBinding(),
        authentication(),
        daemonSet());
  }

  private ClusterRole clusterRole() {
    return MANAGER.clusterRole(
        Rbac.allow(CORE, List.of("nodes"), "get", "list", "watch", "update", "patch", "delete"),
        Rbac.allow(CORE, List.of("nodes/status"), "patch"),
        Rbac.allow(CORE, List.of("events"), "create", "patch", "update"));
  }

  private Role leases() {
    return MANAGER.namespacedRole(
        Rbac.allow("coordination.k8s.io", List.of("leases"), "create"),
        Rbac.allowNamed("coordination.k8s.io", "leases", LEASE, "get", "update"));
  }

  /** To know the API server's front proxy, as every program with a server of this kind must. */
  private RoleBinding authentication() {
    return MANAGER.roleBinding(
        MANAGER.name() + "-authentication", "extension-apiserver-authentication-reader");
  }

  /** One for each master: where there is a master there is one to make it a node. */
  private DaemonSet daemonSet() {
    return MANAGER.daemonSet(
        MANAGER
            .hostPod(Priority.CLUSTER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(
                Tolerations.CONTROL_PLANE,
                Tolerations.UNINITIALIZED,
                Tolerations.NOT_READY,
                Tolerations.STARTUP)
            .withContainers(manager())
            .endSpec()
            .build());
  }

  private Container manager() {
    return Containers.restricted("manager", IMAGE)
        .withArgs(
            "--cloud-provider=aws",
            "--controllers=cloud-node-controller,cloud-node-lifecycle-controller",
            // An account for each controller would take the right to make tokens of any account.
            "--use-service-account-credentials=false",
            "--bind-address=127.0.0.1",
            "--leader-elect=true",
            "--v=2")
        .withEnv(EnvVars.apiServer())
        .withPorts(Containers.tcp("https", 10258))
        .withResources(Resources.of("100m", "256Mi"))
        .withLivenessProbe(health())
        .withReadinessProbe(health())
        .build();
  }

  private static Probe health() {
    return Probes.https("/healthz", "https")
        .edit()
        .editHttpGet()
        .withHost("127.0.0.1")
        .endHttpGet()
        .build();
  }
}
