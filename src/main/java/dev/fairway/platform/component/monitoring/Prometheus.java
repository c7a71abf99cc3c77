package dev.fairway.platform.component.monitoring;

import static dev.fairway.platform.component.Rbac.CORE;

import com.google.auto.service.AutoService;
import dev.fairway.model.Image;
import dev.fairway.model.Reach;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Reachability;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Containers;
import dev.fairway.platform.component.EnvVars;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Probes;
import dev.fairway.platform.component.Rbac;
import dev.fairway.platform.component.Reason;
import dev.fairway.platform.component.Resources;
import dev.fairway.platform.component.Texts;
import dev.fairway.platform.component.Volumes;
import dev.fairway.platform.component.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prometheus asks everything in the cluster for its metrics, keeps them for some days, and judges
 * them by rules. There are two, in different zones, which know nothing of each other and ask for
 * the same: when one is gone the other one has no gap, and no alert is missed.
 *
 * <p>Each is a StatefulSet of one pod with a claim of its own, and not a template of claims: what a
 * template says can never change, and a claim can grow.
 */
@AutoService(Component.class)
public final class Prometheus implements Component {
  static final Symbol ENABLED =
      Symbol.setting(
          "prometheus_enabled",
          new Bool(),
          "true",
          "Whether two Prometheus run; without them nothing in the cluster is measured or judged");

  private static final String INITIAL_CPU = "250m";

  static final Symbol CPU =
      Resources.cpuSetting(
          "prometheus_cpu",
          INITIAL_CPU,
          "The CPUs that each Prometheus asks for, or the least where it is sized; it may take more"
              + " where a node has them");

  private static final String INITIAL_MEMORY = "2Gi";

  static final Symbol MEMORY =
      Resources.memorySetting(
          "prometheus_memory",
          INITIAL_MEMORY,
          "The memory of each Prometheus, or the least where it is sized: about 2Gi for 30 nodes"
              + " with their pods");

  private static final String INITIAL_VOLUME = "50Gi";

  private static final Symbol VOLUME =
      Symbol.setting(
          "prometheus_volume_size",
          new Text("[1-9][0-9]{1,4}Gi", "a size such as 50Gi"),
          INITIAL_VOLUME,
          "The size of each Prometheus' volume; it grows in place, and never shrinks");

  private static final Symbol RETENTION =
      Symbol.setting(
          "prometheus_retention",
          new Text("[1-9][0-9]{0,2}[hdw]", "a time such as 7d"),
          "7d",
          "How long metrics are kept, unless the volume is four fifths full before");

  private static final Image IMAGE = Image.of("quay.io/prometheus/prometheus:v3.14.0");

  private static final String NAME = Ingress.PROMETHEUS;

  static final String CONTAINER = NAME;

  static final Workload PROMETHEUS =
      Workload.inKubeSystem(NAME)
          .because(
              Reason.SINGLE_REPLICA,
              "the two Prometheus are two StatefulSets, which share nothing but what they ask");

  /** What tells the two apart. */
  private static final String INSTANCE = "app.kubernetes.io/instance";

  private static final List<String> INSTANCES = List.of("a", "b");

  /**
   * Who may ask it questions, beside people by way of the API server: itself, and ZMON's worker,
   * whose checks people write.
   */
  private static final List<String> READERS = List.of(NAME, "kube-metrics-adapter", "zmon-worker");

  private static final List<String> FILES =
      List.of(
          "prometheus.yml",
          "api.rules.yml",
          "etcd.rules.yml",
          "nodes.rules.yml",
          "pods.rules.yml",
          "services.rules.yml",
          "targets.rules.yml");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  /** Among them those of what its rules miss. */
  @Override
  public List<Symbol> settings() {
    return List.of(CPU, MEMORY, VOLUME, RETENTION, KubeStateMetrics.ENABLED, NodeExporter.ENABLED);
  }

  @Override
  public List<Image> images() {
    return List.of(IMAGE, EtcdRelay.IMAGE);
  }

  @Override
  public List<Reach> reach() {
    var reason = "Prometheus asks for metrics, with a token";
    return List.of(
        Reach.tcp(Reachability.WORKER, Reachability.WORKER, Addresses.KUBELET, reason),
        Reach.tcp(Reachability.WORKER, Reachability.MASTER, Addresses.KUBELET, reason),
        Reach.tcp(Reachability.WORKER, Reachability.MASTER, Addresses.CONTROLLER_MANAGER, reason),
        Reach.tcp(Reachability.WORKER, Reachability.MASTER, Addresses.SCHEDULER, reason));
  }

  @Override
  public List<HasMetadata> objects() {
    var objects =
        new ArrayList<HasMetadata>(
            List.of(
                PROMETHEUS.serviceAccount(),
                clusterRole(),
                PROMETHEUS.clusterRoleBinding(),
                configMap(),
                PROMETHEUS.disruptionBudget(),
                PROMETHEUS.networkPolicy(Ingress.from(READERS, "metrics")),
                service()));
    INSTANCES.forEach(instance -> objects.add(claim(instance)));
    objects.addAll(statefulSets());
    objects.addAll(EtcdRelay.objects());
    return objects;
  }

  @Override
  public List<Field> fields() {
    var fields = new ArrayList<Field>();
    for (var instance : INSTANCES) {
      var name = named(instance);
      fields.addAll(Resources.memoryFields("StatefulSet", name, MEMORY));
      fields.add(Resources.cpuField("StatefulSet", name, CPU));
      fields.add(
          new Field("PersistentVolumeClaim", name, "/spec/resources/requests/storage", VOLUME));
    }
    return fields;
  }

  private static String named(String instance) {
    return NAME + "-" + instance;
  }

  /** What there is to ask, and leave to ask it: no object's content beyond that. */
  private ClusterRole clusterRole() {
    return PROMETHEUS.clusterRole(
        Rbac.allow(CORE, List.of("nodes", "pods", "services"), "list", "watch"),
        Rbac.allow("discovery.k8s.io", List.of("endpointslices"), "list", "watch"),
        Rbac.allow(CORE, List.of("nodes/metrics"), "get"),
        new PolicyRuleBuilder().withNonResourceURLs("/metrics").withVerbs("get").build());
  }

  private ConfigMap configMap() {
    return PROMETHEUS.configMap(Texts.beside(Prometheus.class, FILES));
  }

  /** Whoever asks twice is answered by the same one: what the two saw differs by seconds. */
  private Service service() {
    return PROMETHEUS
        .service(Workload.servicePort("metrics", 9090))
        .edit()
        .editSpec()
        .withSessionAffinity("ClientIP")
        .endSpec()
        .build();
  }

  private static PersistentVolumeClaim claim(String instance) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(PROMETHEUS.metadata(named(instance)))
        .withNewSpec()
        .withAccessModes("ReadWriteOncePod")
        .withStorageClassName("gp3")
        .withNewResources()
        .addToRequests("storage", Quantity.parse(INITIAL_VOLUME))
        .endResources()
        .endSpec()
        .build();
  }

  static List<StatefulSet> statefulSets() {
    return INSTANCES.stream().map(Prometheus::statefulSet).toList();
  }

  private static StatefulSet statefulSet(String instance) {
    return PROMETHEUS
        .statefulSet(1, pod(instance))
        .edit()
        .editMetadata()
        .withName(named(instance))
        .endMetadata()
        .editSpec()
        .editSelector()
        .addToMatchLabels(INSTANCE, instance)
        .endSelector()
        .endSpec()
        .build();
  }

  /** On workers: its memory grows with the cluster, and masters' does not. */
  private static PodTemplateSpec pod(String instance) {
    return PROMETHEUS
        .pod(Priority.CONTROLLER)
        .editMetadata()
        .addToLabels(INSTANCE, instance)
        .endMetadata()
        .editSpec()
        .withAutomountServiceAccountToken(true)
        .editSecurityContext()
        .withFsGroup(Containers.NONROOT)
        .withFsGroupChangePolicy("OnRootMismatch")
        .endSecurityContext()
        // What it has not written to its blocks yet it writes when it ends.
        .withTerminationGracePeriodSeconds(300L)
        .withNewAffinity()
        .withNewPodAntiAffinity()
        .addNewRequiredDuringSchedulingIgnoredDuringExecution()
        .withLabelSelector(PROMETHEUS.selector())
        .withTopologyKey("topology.kubernetes.io/zone")
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endPodAntiAffinity()
        .endAffinity()
        .withContainers(prometheus())
        .withVolumes(Volumes.configMap("config", NAME), volume(instance))
        .endSpec()
        .build();
  }

  private static Volume volume(String instance) {
    return new VolumeBuilder()
        .withName("data")
        .withNewPersistentVolumeClaim(named(instance), false)
        .build();
  }

  /**
   * It notices by itself that its files have changed, so that a new rule does not end both at once;
   * files that it can't read it leaves aside, and an alert says so. It lives while it reads again
   * what it had not written to its blocks, which takes minutes, but is not ready.
   */
  private static Container prometheus() {
    return Containers.restricted(CONTAINER, IMAGE)
        .withArgs(
            "--config.file=/etc/prometheus/prometheus.yml",
            "--config.auto-reload",
            "--storage.tsdb.path=/prometheus/data",
            "--web.listen-address=:9090")
        .withEnv(EnvVars.field("POD_NAME", "metadata.name"))
        .withPorts(Containers.tcp("metrics", 9090))
        .withResources(Resources.of(INITIAL_CPU, INITIAL_MEMORY))
        .withLivenessProbe(Probes.http("/-/healthy", "metrics"))
        .withReadinessProbe(Probes.http("/-/ready", "metrics"))
        .withVolumeMounts(
            Volumes.readOnly("config", "/etc/prometheus"), Volumes.writable("data", "/prometheus"))
        .build();
  }
}
