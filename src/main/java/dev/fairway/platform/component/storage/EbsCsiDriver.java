package dev.fairway.platform.component.storage;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Role;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
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
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Optional;

/**
 * The EBS CSI driver gives pods volumes of EBS. Its controller, on masters, makes and attaches them
 * through EC2; its node plugin formats and mounts them. Snapshots are not offered.
 *
 * <p>Every volume that it makes carries the cluster's tag, and it may touch no other: a volume from
 * elsewhere must be tagged before a cluster can use it.
 */
@AutoService(Component.class)
public final class EbsCsiDriver implements Component {
  public static final Symbol ENABLED =
      Switch.of(
          "ebs-csi-driver",
          "Whether volumes of EBS are made and mounted; without it claims wait, Prometheus' own"
              + " too");

  private static final Image DRIVER =
      Image.of("public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver:v1.64.0");
  private static final Image PROVISIONER = sidecarImage("csi-provisioner:v6.3.0-eksbuild.4");
  private static final Image ATTACHER = sidecarImage("csi-attacher:v4.12.0-eksbuild.5");
  private static final Image RESIZER = sidecarImage("csi-resizer:v2.2.1-eksbuild.3");
  private static final Image LIVENESS = sidecarImage("livenessprobe:v2.19.0-eksbuild.5");
  private static final Image REGISTRAR =
      sidecarImage("csi-node-driver-registrar:v2.17.0-eksbuild.5");

  private static final Role ROLE = Role.ofMasterPods("ebs-csi-driver", EbsRights.all());

  private static final String ASKED_BY_OTHERS =
      "the container liveness-probe is what the driver's own probes ask";

  private static final Workload CONTROLLER =
      Workload.inKubeSystem("ebs-csi-controller")
          .assuming(ROLE)
          .because(Reason.PROBES, ASKED_BY_OTHERS);

  private static final Workload NODE =
      Workload.inKubeSystem("ebs-csi-node")
          .because(Reason.PROBES, ASKED_BY_OTHERS)
          .because(Reason.PRIVILEGED, "the driver mounts file systems into the kubelet's folders")
          .because(Reason.ROOT, "the kubelet's sockets and folders are root's")
          .because(Reason.HOST_PATH, "devices, and the folders in which the kubelet wants volumes")
          .because(
              Reason.HOST_NETWORK,
              "a node waits for the driver before it takes pods, and asks for its health on the"
                  + " loopback interface");

  static final String NAME = "ebs.csi.aws.com";

  /** The ports of the sidecars, for their health and their metrics. */
  private static final int PROVISIONING = 8081;

  private static final int ATTACHING = 8082;
  private static final int RESIZING = 8083;

  private static final String KUBELET = "/var/lib/kubelet";
  private static final String PLUGIN = KUBELET + "/plugins/" + NAME;
  private static final String STORAGE = "storage.k8s.io";
  private static final String[] READ = {"get", "list", "watch"};

  @Override
  public String name() {
    return "ebs-csi-driver";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Image> images() {
    return List.of(DRIVER, PROVISIONER, ATTACHER, RESIZER, LIVENESS, REGISTRAR);
  }

  @Override
  public Optional<Role> role() {
    return Optional.of(ROLE);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        CONTROLLER.serviceAccount(),
        controllerRole(),
        CONTROLLER.clusterRoleBinding(),
        leases(),
        CONTROLLER.roleBinding(),
        controller(),
        CONTROLLER.disruptionBudget(),
        CONTROLLER.networkPolicy(
            Ingress.from(
                List.of(Ingress.PROMETHEUS),
                metrics(PROVISIONING),
                metrics(ATTACHING),
                metrics(RESIZING))),
        NODE.serviceAccount(),
        nodeRole(),
        NODE.clusterRoleBinding(),
        node(),
        driver(),
        storageClass());
  }

  private static Image sidecarImage(String nameAndTag) {
    return Image.of("public.ecr.aws/csi-components/" + nameAndTag);
  }

  /** What provisioner, attacher and resizer need together: they share the pod's account. */
  private ClusterRole controllerRole() {
    return CONTROLLER.clusterRole(
        Rbac.allow(CORE, List.of("persistentvolumes"), "create", "patch", "delete"),
        Rbac.allow(CORE, List.of("persistentvolumeclaims"), "update"),
        Rbac.allow(CORE, List.of("persistentvolumeclaims/status"), "patch"),
        Rbac.allow(CORE, List.of("nodes", "persistentvolumeclaims", "persistentvolumes"), READ),
        Rbac.allow(CORE, List.of("events"), "list", "watch", "create", "update", "patch"),
        Rbac.allow(STORAGE, List.of("csinodes", "storageclasses"), READ),
        Rbac.allow(STORAGE, List.of("volumeattachments", "volumeattributesclasses"), READ),
        Rbac.allow(STORAGE, List.of("volumeattachments", "volumeattachments/status"), "patch"));
  }

  /** The sidecars make the names of their leases from the driver's. */
  private io.fabric8.kubernetes.api.model.rbac.Role leases() {
    var group = "coordination.k8s.io";
    return CONTROLLER.namespacedRole(
        Rbac.allow(group, List.of("leases"), "create"),
        Rbac.allowNamed(group, "leases", "ebs-csi-aws-com", "get", "update"),
        Rbac.allowNamed(
            group, "leases", "external-attacher-leader-ebs-csi-aws-com", "get", "update"),
        Rbac.allowNamed(group, "leases", "external-resizer-ebs-csi-aws-com", "get", "update"));
  }

  private Deployment controller() {
    return CONTROLLER.deployment(
        2,
        CONTROLLER
            .pod(Priority.CLUSTER)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withNodeSelector(NodeSelectors.MASTERS)
            .withTolerations(Tolerations.CONTROL_PLANE)
            .withContainers(
                controllerPlugin(),
                provisioner(),
                attacher(),
                resizer(),
                liveness(Containers.restricted("liveness-probe", LIVENESS), ":9808"))
            .withVolumes(Volumes.scratch("socket", "1Mi"))
            .endSpec()
            .build());
  }

  /** The region is given, so it asks no metadata service; its credentials are kube2iam's. */
  private Container controllerPlugin() {
    return Containers.restricted("driver", DRIVER)
        .withArgs(
            "controller",
            "--endpoint=unix:///csi/csi.sock",
            "--k8s-tag-cluster-id=" + Facts.CLUSTER_TAG.token(),
            "--extra-tags=" + EbsRights.TAG + "=" + Facts.CLUSTER_TAG.token(),
            "--v=2")
        .withEnv(EnvVars.of("AWS_REGION", Facts.REGION.token()))
        .withPorts(Containers.tcp("health", 9808))
        .withResources(Resources.of("20m", "256Mi"))
        .withLivenessProbe(Probes.http("/healthz", "health"))
        .withReadinessProbe(Probes.http("/healthz", "health"))
        .withVolumeMounts(socket())
        .build();
  }

  private Container provisioner() {
    return sidecar("provisioner", PROVISIONER, PROVISIONING)
        .addToArgs(
            "--timeout=60s",
            "--feature-gates=Topology=true",
            "--extra-create-metadata",
            "--default-fstype=ext4",
            "--retry-interval-max=30m")
        .build();
  }

  private Container attacher() {
    return sidecar("attacher", ATTACHER, ATTACHING)
        .addToArgs("--timeout=6m", "--retry-interval-max=5m")
        .build();
  }

  /** A volume in use is grown as well: then it needs no look at all pods. */
  private Container resizer() {
    return sidecar("resizer", RESIZER, RESIZING)
        .addToArgs("--timeout=60s", "--handle-volume-inuse-error=false", "--retry-interval-max=30m")
        .build();
  }

  /** Its health is that of its leadership: one that can't renew its lease must go. */
  private static ContainerBuilder sidecar(String name, Image image, int port) {
    return Containers.restricted(name, image)
        .withArgs(
            "--csi-address=/csi/csi.sock", "--leader-election=true", "--http-endpoint=:" + port)
        .withPorts(Containers.tcp(metrics(port), port))
        .withResources(Resources.of("10m", "128Mi"))
        .withLivenessProbe(Probes.http("/healthz/leader-election", metrics(port)))
        .withReadinessProbe(Probes.http("/healthz/leader-election", metrics(port)))
        .withVolumeMounts(socket());
  }

  /** One pod has three of them. */
  private static String metrics(int port) {
    return "metrics-" + port;
  }

  /** Asks the driver at its socket, for the kubelet asks by HTTP. */
  private static Container liveness(ContainerBuilder container, String endpoint) {
    return container
        .withArgs(
            "--csi-address=/csi/csi.sock", "--probe-timeout=4s", "--http-endpoint=" + endpoint)
        .withResources(Resources.of("10m", "32Mi"))
        .withVolumeMounts(socket())
        .build();
  }

  private static VolumeMount socket() {
    return Volumes.writable("socket", "/csi");
  }

  /** The driver itself could take a taint of its own away; nodes have none. */
  private ClusterRole nodeRole() {
    return NODE.clusterRole(
        Rbac.allow(CORE, List.of("nodes"), READ),
        Rbac.allow(STORAGE, List.of("csinodes"), "get"),
        Rbac.allow(STORAGE, List.of("volumeattachments"), READ));
  }

  private DaemonSet node() {
    return NODE.daemonSet(
        NODE.hostPod(Priority.NODE)
            .editSpec()
            .withAutomountServiceAccountToken(true)
            .withTolerations(Tolerations.EVERYTHING)
            .withContainers(
                nodePlugin(),
                registrar(),
                liveness(Containers.root("liveness-probe", LIVENESS), "127.0.0.1:9808"))
            .withVolumes(
                Volumes.hostFolder("kubelet", KUBELET),
                Volumes.hostFolderOrNew("socket", PLUGIN),
                Volumes.hostFolder("registration", KUBELET + "/plugins_registry"),
                Volumes.hostFolder("devices", "/dev"))
            .endSpec()
            .build());
  }

  /** What it must know of its instance, the cloud controller manager has written into the Node. */
  private Container nodePlugin() {
    return Containers.privileged("driver", DRIVER)
        .withArgs(
            "node",
            "--endpoint=unix:///csi/csi.sock",
            "--csi-mount-point-prefix=" + KUBELET + "/plugins/kubernetes.io/csi/" + NAME + "/",
            "--metadata-sources=kubernetes",
            "--v=2")
        .withEnv(EnvVars.field("CSI_NODE_NAME", "spec.nodeName"))
        .withPorts(Containers.tcp("health", 9808))
        .withResources(Resources.of("10m", "128Mi"))
        .withLivenessProbe(Probes.loopback("/healthz", "health"))
        .withReadinessProbe(Probes.loopback("/healthz", "health"))
        .withLifecycle(volumesFirst())
        .withVolumeMounts(
            Volumes.writable("kubelet", KUBELET)
                .edit()
                .withMountPropagation("Bidirectional")
                .build(),
            socket(),
            Volumes.writable("devices", "/dev"))
        .build();
  }

  /** While its node is drained it stays until all volumes are unmounted. */
  private static Lifecycle volumesFirst() {
    return new LifecycleBuilder()
        .withNewPreStop()
        .withNewExec()
        .withCommand("/bin/aws-ebs-csi-driver", "pre-stop-hook")
        .endExec()
        .endPreStop()
        .build();
  }

  private Container registrar() {
    return Containers.root("registrar", REGISTRAR)
        .withArgs(
            "--csi-address=/csi/csi.sock",
            "--kubelet-registration-path=" + PLUGIN + "/csi.sock",
            "--http-endpoint=127.0.0.1:9809")
        .withPorts(Containers.tcp("registrar", 9809))
        .withResources(Resources.of("10m", "32Mi"))
        .withLivenessProbe(Probes.loopback("/healthz", "registrar"))
        .withReadinessProbe(Probes.loopback("/healthz", "registrar"))
        .withVolumeMounts(socket(), Volumes.writable("registration", "/registration"))
        .build();
  }

  private CSIDriver driver() {
    return new CSIDriverBuilder()
        .withMetadata(CONTROLLER.clusterMetadata().edit().withName(NAME).build())
        .withNewSpec()
        .withAttachRequired(true)
        .withPodInfoOnMount(false)
        .withFsGroupPolicy("File")
        .endSpec()
        .build();
  }

  /** What a claim gets that names no class: made where its pod will run, encrypted, and growing. */
  private StorageClass storageClass() {
    return new StorageClassBuilder()
        .withMetadata(
            CONTROLLER
                .clusterMetadata()
                .edit()
                .withName("gp3")
                .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                .build())
        .withProvisioner(NAME)
        .addToParameters("csi.storage.k8s.io/fstype", "ext4")
        .addToParameters("encrypted", "true")
        .addToParameters("type", "gp3")
        .withVolumeBindingMode("WaitForFirstConsumer")
        .withAllowVolumeExpansion(true)
        .withReclaimPolicy("Delete")
        .build();
  }
}
