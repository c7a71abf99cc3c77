package dev.fairway.e2e;

import dev.fairway.link.Assembly;
import dev.fairway.link.Stack;
import dev.fairway.model.InstanceType;
import dev.fairway.platform.cloud.InstanceTypes;
import dev.fairway.platform.cloud.InstanceTypes.Size;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeSpecBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a stack that never boots: what its kubelet would say of it, from the node config
 * that it would boot with.
 *
 * @param name the instance's id, which is the node's name
 * @param zone its whole name
 * @param disk of containers and images, in GB
 */
record HollowNode(String name, String zone, Size size, long disk, NodeConfig config) {
  /** EC2 promises what the hypervisor gives; an m5.large has 7764 of 8192 MiB once Linux runs. */
  private static final int SHOWN_PERCENT = 94;

  /** What every new node of a cluster with an external cloud provider starts with. */
  static final Taint UNINITIALIZED =
      new Taint("NoSchedule", "node.cloudprovider.kubernetes.io/uninitialized", null, "true");

  /**
   * An instance of the stack, of the smallest type that it may get.
   *
   * @param number tells it from the stack's others, and decides on the zone of a stack that has all
   */
  static HollowNode of(Assembly assembly, Path folder, String stack, int number) {
    var of =
        assembly.stacks().stream()
            .filter(candidate -> candidate.name().equals(stack))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no stack " + stack));
    var id = "i-%08x%09x".formatted(stack.hashCode(), number);
    return of(id, zone(assembly, stack, number), of, folder);
  }

  /** The instance with an id that something else made up. */
  static HollowNode of(String id, String zone, Stack stack, Path folder) {
    var parameters = stack.parameters();
    var disk =
        parameters.getOrDefault(
            "SettingInstanceStoreGb",
            parameters.getOrDefault(
                "SettingRootVolumeGb", parameters.get("SettingMasterRootVolumeSize")));
    return new HollowNode(
        id,
        zone,
        smallest(parameters),
        Long.parseLong(disk),
        NodeConfig.read(folder.resolve(stack.nodeConfig().orElseThrow())));
  }

  private static String zone(Assembly assembly, String stack, int number) {
    var zones = List.of("a", "b", "c");
    var last = stack.substring(stack.length() - 1);
    return stack.matches("pool-.*-[a-z]+-[a-z]+-[0-9][a-z]")
        ? assembly.cluster().region() + last
        : assembly.cluster().region() + zones.get(number % zones.size());
  }

  /** A type that the table lacks is judged by nobody; the linker warns of it. */
  private static Size smallest(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(parameter -> parameter.getKey().matches(".*InstanceType[0-9]*"))
        .filter(parameter -> !parameter.getValue().isEmpty())
        .flatMap(parameter -> InstanceTypes.find(new InstanceType(parameter.getValue())).stream())
        .min(
            Comparator.comparingLong((Size size) -> size.memory().bytes())
                .thenComparingInt(Size::vcpus))
        .orElseThrow(() -> new AssertionError("no known instance type in " + parameters));
  }

  /** As kubelet registers it: only what it may say of itself. */
  Node registration() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels())
        .endMetadata()
        .withSpec(
            new NodeSpecBuilder()
                .withProviderID("aws:///" + zone + "/" + name)
                .withTaints(taints())
                .build())
        .build();
  }

  /** What the cloud controller manager finds out about it. */
  SortedMap<String, String> cloudLabels() {
    var labels = new TreeMap<String, String>();
    labels.put("node.kubernetes.io/instance-type", size.type().name());
    labels.put("topology.kubernetes.io/region", zone.substring(0, zone.length() - 1));
    labels.put("topology.kubernetes.io/zone", zone);
    return labels;
  }

  /** What the scheduler may give to pods: all but what system, kubelet and eviction keep. */
  Map<String, Quantity> allocatable() {
    var kubelet = kubelet();
    var kept = new ArrayList<Map<?, ?>>();
    kept.add(map(kubelet.get("systemReserved")));
    kept.add(map(kubelet.get("kubeReserved")));
    kept.add(Map.of("memory", there(map(kubelet.get("evictionHard")), "memory.available")));
    var allocatable = capacity();
    for (var resource : List.of("cpu", "memory")) {
      allocatable.computeIfPresent(
          resource, (_, all) -> new Quantity(left(all, kept, resource).toPlainString()));
    }
    return allocatable;
  }

  private static BigDecimal left(Quantity all, List<Map<?, ?>> kept, String resource) {
    return kept.stream()
        .map(part -> amount(part.get(resource)))
        .reduce(all.getNumericalAmount(), BigDecimal::subtract);
  }

  Map<String, Quantity> capacity() {
    var capacity = new TreeMap<String, Quantity>();
    capacity.put("cpu", new Quantity(Integer.toString(size.vcpus())));
    capacity.put(
        "memory", new Quantity(Long.toString(size.memory().bytes() * SHOWN_PERCENT / 100)));
    capacity.put("ephemeral-storage", new Quantity(disk + "G"));
    capacity.put("pods", new Quantity(there(kubelet(), "maxPods").toString()));
    return capacity;
  }

  /** The pods that kubelet runs without being asked by anybody, as it shows them. */
  List<Pod> mirrorPods(Node registered) {
    return config.files().entrySet().stream()
        .filter(file -> file.getKey().startsWith("/etc/kubernetes/manifests/"))
        .map(file -> mirror(Serialization.unmarshal(file.getValue(), Pod.class), registered))
        .toList();
  }

  private Pod mirror(Pod pod, Node registered) {
    return new PodBuilder(pod)
        .editMetadata()
        .withName(pod.getMetadata().getName() + "-" + name)
        .addToAnnotations("kubernetes.io/config.source", "file")
        .addToAnnotations("kubernetes.io/config.mirror", "mirror")
        .addToAnnotations("kubernetes.io/config.hash", "mirror")
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("Node")
        .withName(name)
        .withUid(registered.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .editSpec()
        .withNodeName(name)
        // As kubelet does, a static pod being there whatever the node's taints are.
        .addNewToleration()
        .withOperator("Exists")
        .withEffect("NoExecute")
        .endToleration()
        .endSpec()
        .build();
  }

  private SortedMap<String, String> labels() {
    var labels = new TreeMap<String, String>();
    labels.put("kubernetes.io/arch", size.architecture().name().toLowerCase(java.util.Locale.ROOT));
    labels.put("kubernetes.io/hostname", name);
    labels.put("kubernetes.io/os", "linux");
    for (var label : config.nodeLabels().split(",", -1)) {
      var equals = label.indexOf('=');
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }

  private List<Taint> taints() {
    var taints = new ArrayList<Taint>();
    if (config.unit("kubelet.service").contains("--cloud-provider=external")) {
      taints.add(UNINITIALIZED);
    }
    for (var taint : list(kubelet().get("registerWithTaints"))) {
      taints.add(Serialization.unmarshal(Serialization.asJson(taint), Taint.class));
    }
    return taints;
  }

  private Map<?, ?> kubelet() {
    return Serialization.unmarshal(config.file("/etc/kubernetes/kubelet.yaml"), Map.class);
  }

  private static Object there(Map<?, ?> settings, String key) {
    var value = settings.get(key);
    if (value == null) {
      throw new AssertionError("no " + key + " in " + settings);
    }
    return value;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static BigDecimal amount(@Nullable Object quantity) {
    return quantity == null
        ? BigDecimal.ZERO
        : new Quantity(quantity.toString()).getNumericalAmount();
  }
}
