package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.InstanceType;
import dev.fairway.model.SymbolValue;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.ControlPlane;
import dev.fairway.platform.cloud.InstanceTypes;
import dev.fairway.platform.cloud.Profiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the system takes of a node, on the smallest instance type that is the default of its kind:
 * DaemonSets, static pods, what the kubelet reserves, and on masters all that may run there: on a
 * new cluster they are alone until it runs.
 */
@AutoService(Rule.class)
public final class NodesHaveRoom implements Rule {
  /** Of a pool's nodes, in percent: they are paid for to run applications. */
  private static final int SHARE_OF_POOL = 25;

  /**
   * Of a master's, in percent: an instance type's memory is what the hypervisor gives, of which the
   * kernel shows a little less.
   */
  private static final int SHARE_OF_MASTER = 90;

  /** Its network, its broadcast and its bridge. */
  private static final int ADDRESSES_OF_NO_POD = 3;

  @Override
  public Code code() {
    return Code.CAPACITY;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    var nodes = Node.of(platform);
    return Stream.of(
            nodes.stream().flatMap(node -> room(platform, node)),
            nodes.stream().flatMap(node -> addresses(nodes, node)),
            Budgets.check(platform))
        .flatMap(found -> found);
  }

  private static Stream<Finding> room(Platform platform, Node node) {
    var whole = Room.least(sizes(platform, node));
    var share = node.profile().isPresent() ? SHARE_OF_POOL : SHARE_OF_MASTER;
    var taken = reserved(node).plus(system(platform, node));
    return whole.equals(Room.NONE) || taken.fits(whole.percent(share))
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                    node.profile()
                        .map(profile -> Origin.of(Profiles.class, profile.name()))
                        .orElseGet(() -> Origin.of(ControlPlane.class, "master_instance_type")),
                    "the system takes %s of %s, above %d%% of the %s that its smallest type has"
                        .formatted(taken, node, share, whole),
                    "request less, or choose larger default instance types")
                .with("reserved", reserved(node), node.kubelet().origin("kubeReserved")));
  }

  /** Types that the table does not know are not judged. */
  private static List<Room> sizes(Platform platform, Node node) {
    return node.profile()
        .map(profile -> profile.instanceTypes().stream())
        .orElseGet(() -> masterTypes(platform))
        .flatMap(type -> InstanceTypes.find(new InstanceType(type)).stream())
        .map(size -> new Room(Room.of(size.vcpus() + "", "0Mi").cpu(), size.memory()))
        .toList();
  }

  private static Stream<String> masterTypes(Platform platform) {
    return platform.templates().stream()
        .filter(ControlPlane.class::isInstance)
        .map(ControlPlane.class::cast)
        .flatMap(controlPlane -> controlPlane.instanceType().initial().stream())
        .map(SymbolValue::inline);
  }

  /** Kubelet starts to evict before memory is gone. */
  private static Room reserved(Node node) {
    var kubelet = node.kubelet().tree();
    var eviction = kubelet.path("evictionHard").path("memory.available").asText("0Mi");
    return Room.sum(
        Stream.of(
            Room.of(kubelet.path("systemReserved")),
            Room.of(kubelet.path("kubeReserved")),
            Room.of("0", eviction.endsWith("%") ? "0Mi" : eviction)));
  }

  private static Room system(Platform platform, Node node) {
    var pods =
        Pods.of(platform).stream()
            .filter(it -> it.mayRunOn(node))
            .filter(it -> it.isDaemonSet() || node.isMaster())
            .map(it -> Room.of(it).times(onEach(it)));
    return Room.sum(Stream.concat(pods, node.staticPods().stream().map(Room::of)));
  }

  private static long onEach(Pods pods) {
    return pods.isDaemonSet() ? 1 : Math.ceilDiv(pods.replicas(), ControlPlane.MASTERS);
  }

  /** Kubelet admits more pods than the controller manager gives the node addresses. */
  private static Stream<Finding> addresses(List<Node> nodes, Node node) {
    var pods = Optional.of(node.kubelet().tree().path("maxPods")).filter(it -> it.isInt());
    return pods.stream()
        .flatMap(most ->
            prefixes(nodes)
                .filter(prefix -> most.asInt() > (1 << (32 - prefix)) - ADDRESSES_OF_NO_POD)
                .map(prefix ->
                    Finding.at(
                        node.kubelet().origin("maxPods"),
                        "%s admits %d pods, and has a /%d for them"
                            .formatted(node, most.asInt(), prefix),
                        "lower maxPods, or Addresses.NODE_PREFIX while there is no cluster")));
  }

  private static Stream<Integer> prefixes(List<Node> nodes) {
    return nodes.stream()
        .flatMap(node -> node.staticPods().stream())
        .flatMap(pod -> pod.flag("node-cidr-mask-size").stream())
        .map(Integer::parseInt)
        .distinct();
  }
}
