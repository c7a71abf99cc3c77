package dev.fairway.platform.component.metrics;

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
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Switch;
import dev.fairway.platform.component.Tolerations;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Optional;

/**
 * The metrics server asks every kubelet what its pods use, and answers for {@code kubectl top} and
 * the horizontal pod autoscaler.
 *
 * <p>It runs on masters: kubelets answer nobody but masters, and so need admit nobody else. It
 * trusts a kubelet whose serving certificate the cluster's CA signed, as the API server does.
 */
@AutoService(Component.class)
public final class MetricsServer implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "metrics-server",
          "Whether the metrics server runs; without it kubectl top, the sizes of pods and the"
              + " number of pods by CPU or memory know nothing");

  private static final String INITIAL_MEMORY = "300Mi";

  private static final Symbol MEMORY =
      Resources.memorySetting(
          "metrics_server_memory",
          INITIAL_MEMORY,
          "Memory of the metrics server: 2Mi for each node and 100Mi besides");

  private static final Image IMAGE =
      Image.of("registry.k8s.io/metrics-server/metrics-server:v0.9.0");

  private static final Workload METRICS = Workload.inKubeSystem("metrics-server");

  private static final String GROUP = "metrics.k8s.io";

  /** The bundle that the controller manager gives to every pod with its token. */
  private static final String CLUSTER_CA = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt";

  @Override
  public String name() {
    return METRICS.name();
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
        METRICS.serviceAccount(),
        clusterRole(),
        METRICS.clusterRoleBinding(),
        METRICS.clusterRoleBinding(METRICS.name() + "-delegation", "system:auth-delegator"),
        authentication(),
        readers(),
        deployment(),
        METRICS.disruptionBudget(),
        METRICS.networkPolicy(Ingress.fromApiServer("https")),
        service(),
        apiService());
  }

  @Override
  public List<Field> fields() {
    return Resources.memoryFields("Deployment", METRICS.name(), MEMORY);
  }

  private ClusterRole clusterRole() {
    return METRICS.clusterRole(
        Rbac.allow(CORE, List.of("nodes/metrics"), "get"),
        Rbac.allow(CORE, List.of("nodes", "pods"), "get", "list", "watch"));
  }

  /** To know the API server's front proxy when it passes a request on. */
  private RoleBinding authentication() {
    return METRICS.roleBinding(
        METRICS.name() + "-authentication", "extension-apiserver-authentication-reader");
  }

  /** Whoever may view pods may see what they use. */
  private ClusterRole readers() {
    return new ClusterRoleBuilder()
        .withMetadata(
            METRICS
                .clusterMetadata()
                .edit()
                .withName(METRICS.name() + "-reader")
                .addToLabels("rbac.authorization.k8s.io/aggregate-to-view", "true")
                .addToLabels("rbac.authorization.k8s.io/aggregate-to-edit", "true")
                .addToLabels("rbac.authorization.k8s.io/aggregate-to-admin", "true")
                .build())
        .withRules(Rbac.allow(GROUP, List.of("nodes", "pods"), "get", "list", "watch"))
        .build();
  }

  private Deployment deployment() {
    return METRICS.deployment(
        2,
        METRICS
            .pod(Priority.CLUSTER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(server())
            .withVolumes(Volumes.scratch("certificate", "1Mi"))
            .endSpec()
            .build());
  }

  private Container server() {
    return Containers.restricted("server", IMAGE)
        .withArgs(
            "--secure-port=10250",
            "--cert-dir=/certificate",
            "--kubelet-certificate-authority=" + CLUSTER_CA,
            // The address that the certificate is sure to hold.
            "--kubelet-preferred-address-types=InternalIP",
            "--kubelet-use-node-status-port",
            "--metric-resolution=15s")
        .withPorts(Containers.tcp("https", 10250))
        .withResources(Resources.of("100m", INITIAL_MEMORY))
        .withLivenessProbe(Probes.https("/livez", "https"))
        .withReadinessProbe(Probes.https("/readyz", "https"))
        .withVolumeMounts(Volumes.writable("certificate", "/certificate"))
        .build();
  }

  private Service service() {
    return new ServiceBuilder()
        .withMetadata(METRICS.metadata())
        .withNewSpec()
        .withSelector(METRICS.selector().getMatchLabels())
        .addNewPort()
        .withName("https")
        .withPort(443)
        .withProtocol("TCP")
        .withAppProtocol("https")
        .withNewTargetPort("https")
        .endPort()
        .endSpec()
        .build();
  }

  private APIService apiService() {
    return new APIServiceBuilder()
        .withMetadata(
            METRICS
                .clusterMetadata()
                .edit()
                .withName("v1beta1." + GROUP)
                .addToAnnotations(
                    Reason.INSECURE_TLS.annotation(),
                    "each replica signs its own certificate when it starts: whoever could answer"
                        + " in its place could lie about what pods use, and no more")
                .build())
        .withNewSpec()
        .withGroup(GROUP)
        .withVersion("v1beta1")
        .withGroupPriorityMinimum(100)
        .withVersionPriority(100)
        .withInsecureSkipTLSVerify(true)
        .withNewService(METRICS.name(), METRICS.namespace(), 443)
        .endSpec()
        .build();
  }
}
