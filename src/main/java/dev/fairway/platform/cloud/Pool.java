package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.InstanceType;
import dev.fairway.model.Profile;
import dev.fairway.model.Quantity;
import dev.fairway.model.ScalingGroup;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A pool of worker nodes: one Auto Scaling group, in one zone where the profile is split by zone,
 * else over all. The template belongs to the profile; what pools of a profile differ in are
 * parameters.
 *
 * @param rootVolume in GiB
 * @param instanceStore the sum of a node's local disks in GB, where they hold ephemeral storage
 * @param gpus how many GPUs a node offers, where it has any
 */
public record Pool(
    Profile profile, Symbol rootVolume, Optional<Symbol> instanceStore, Optional<Symbol> gpus)
    implements Template {

  /**
   * The cluster autoscaler gives a new node as long (max-node-provision-time) before it tries
   * another group; in a quarter of an hour even a GPU's driver is built.
   */
  static final Duration LAUNCH = Duration.ofMinutes(15);

  /**
   * How long a node may take to drain before Auto Scaling takes it away undrained. Most pods end
   * within their grace period, and a budget lets one after the other go: skipper's 392 s, four
   * times. It must exceed what the node's own unit allows itself, which then gives up in order.
   */
  public static final Duration DRAIN = Duration.ofMinutes(30);

  /** A tag of the group. Instances do without: nobody reads it there, and they hold but 50. */
  public record GroupTag(Value key, Value value) {}

  /** One for each profile. */
  public static List<Pool> declare() {
    return Profiles.all().stream().map(Pool::of).toList();
  }

  public static Pool of(Profile profile) {
    return new Pool(
        profile,
        profile.instanceStore() ? smallRootVolume() : largeRootVolume(),
        profile.instanceStore() ? Optional.of(instanceStore(profile)) : Optional.empty(),
        profile.gpu() ? Optional.of(gpus(profile)) : Optional.empty());
  }

  /** The smallest holds Flatcar's two system partitions and the images of the system pods. */
  private static Symbol largeRootVolume() {
    return Symbol.poolSetting(
        "root_volume_gb",
        new SymbolType.Whole(20, 1000),
        "100",
        "The size of a node's root volume in GiB, which images, logs and emptyDirs share");
  }

  /** A setting of its own, for it has another default: the images are on the local disks. */
  private static Symbol smallRootVolume() {
    return Symbol.poolSetting(
        "instance_store_root_volume_gb",
        new SymbolType.Whole(20, 1000),
        "30",
        "The root volume's size in GiB where local disks hold images, logs and emptyDirs");
  }

  private static Symbol instanceStore(Profile profile) {
    return Symbol.poolSetting(
        "instance_store_gb",
        new SymbolType.Whole(50, 120_000),
        least(profile, size -> gigabytes(size.instanceStore())),
        "What the local disks of the pool's instance types hold together at least, in GB");
  }

  private static Symbol gpus(Profile profile) {
    return Symbol.poolSetting(
        "gpus_per_node",
        new SymbolType.Whole(1, 128),
        least(profile, InstanceTypes.Size::gpus),
        "How many GPUs a node offers: more than its instance type has where they are shared");
  }

  private static String least(Profile profile, Function<InstanceTypes.Size, Integer> figure) {
    return profile.instanceTypes().stream()
        .map(InstanceType::new)
        .map(type -> InstanceTypes.find(type).orElseThrow())
        .map(figure)
        .min(Integer::compare)
        .orElseThrow()
        .toString();
  }

  private static int gigabytes(Quantity quantity) {
    return quantity.amount().movePointLeft(9).setScale(0, RoundingMode.DOWN).intValueExact();
  }

  @Override
  public String name() {
    return "pool-" + profile.name();
  }

  @Override
  public String description() {
    return profile.purpose();
  }

  @Override
  public List<Symbol> settings() {
    return Stream.of(Optional.of(rootVolume), instanceStore, gpus)
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public List<ScalingGroup> scalingGroups() {
    return List.of(nodes().group());
  }

  NodeGroup nodes() {
    var group =
        new ScalingGroup(
            "Nodes",
            Value.of(Facts.POOL_MIN_SIZE),
            Value.of(Facts.POOL_MAX_SIZE),
            "worker",
            "worker",
            "worker-" + profile.name());
    // A node that did not get ready goes, and another comes: then whoever rolls a pool may trust
    // that what is in service serves, and a pool at its minimum mends itself.
    var launching = LifecycleHook.launching(LAUNCH, LifecycleHook.Result.ABANDON);
    var terminating = LifecycleHook.terminating(DRAIN);
    return new NodeGroup(
        group, Value.Pseudo.STACK_NAME, List.of(launching, terminating), List.of());
  }

  /** The imported private subnets: of the stack's zone, or of all. */
  List<Value> subnets() {
    if (profile.splitByZone()) {
      return List.of(new Value.Import(Value.join("private-subnet-", Facts.POOL_ZONE_NUMBER)));
    }
    return IntStream.rangeClosed(1, Facts.ZONES)
        .mapToObj(Network::privateSubnetExport)
        .map(Value::imported)
        .toList();
  }

  /**
   * The tags that the cluster autoscaler reads. Zone, architecture, instance type and processors it
   * learns from AWS; labels and taints of the pool's own are tags of the stack.
   */
  public List<GroupTag> autoscalerTags() {
    var tags = new ArrayList<GroupTag>();
    tags.add(tag(AutoscalerTags.ENABLED, Value.of("true")));
    tags.add(
        new GroupTag(Value.join(AutoscalerTags.owner(""), Facts.CLUSTER_TAG), Value.of("owned")));
    tags.add(tag(AutoscalerTags.label(Profiles.POOL_LABEL), Value.of(Facts.POOL_NAME)));
    Profiles.labels(profile)
        .forEach((key, value) -> tags.add(tag(AutoscalerTags.label(key), Value.of(value))));
    profile
        .taints()
        .forEach((key, value) -> tags.add(tag(AutoscalerTags.taint(key), Value.of(value))));
    tags.add(tag(AutoscalerTags.resource("ephemeral-storage"), ephemeralStorage()));
    gpus.ifPresent(
        count -> tags.add(tag(AutoscalerTags.resource(Profiles.GPU_RESOURCE), Value.of(count))));
    return List.copyOf(tags);
  }

  private static GroupTag tag(String key, Value value) {
    return new GroupTag(Value.of(key), value);
  }

  /**
   * CloudFormation can't reckon, so this is the whole disk; but in units of 10^9 bytes where EBS
   * counts in 2^30, which leaves 7 % for the system's partitions. What eviction keeps free is not
   * taken off: a pod that asks for the last tenth of an empty node's disk gets a node in vain.
   */
  private Value ephemeralStorage() {
    return Value.join(instanceStore.orElse(rootVolume), "G");
  }
}
