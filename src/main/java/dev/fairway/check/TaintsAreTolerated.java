package dev.fairway.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Facts;
import dev.fairway.model.Taint;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Profiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;

/**
 * Taints stand in node configs and profiles, and what puts up with them, or takes them away, among
 * Kubernetes objects. Where the two disagree, a node never becomes ready, or an agent is missing on
 * some.
 */
@AutoService(Rule.class)
public final class TaintsAreTolerated implements Rule {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a cluster's record may add to any pool, by the setting {@code node_taints}. */
  private static final List<Taint> OF_ANY_POOL =
      List.of(
          new Taint("a.pools.own/taint", "", "NoSchedule"),
          new Taint("a.pools.own/taint", "", "NoExecute"));

  @Override
  public Code code() {
    return Code.TAINTS;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    var nodes = Node.of(platform);
    return Stream.of(
            nodes.stream().flatMap(TaintsAreTolerated::start),
            remover(platform, nodes),
            Pods.of(platform).stream().flatMap(pods -> check(nodes, pods)))
        .flatMap(found -> found);
  }

  private static Stream<Finding> start(Node node) {
    return node.taints().contains(Taint.STARTUP)
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                node.kubelet().origin("registerWithTaints"),
                "%s registers without the startup taint %s".formatted(node, Taint.STARTUP),
                "begin registerWithTaints with Taint.STARTUP, or in a pool with the token of "
                    + Facts.POOL_TAINTS.name()));
  }

  /** A taint that only says that the node has just started must go again by itself. */
  private static Stream<Finding> remover(Platform platform, List<Node> nodes) {
    var starting = nodes.stream().anyMatch(node -> node.taints().contains(Taint.STARTUP));
    var removed = Named.all(platform).anyMatch(object -> namesTaint(object.object()));
    return !starting || removed
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                Origin.of(Taint.class, Taint.STARTUP.key()),
                "nodes start with %s, and no component takes it away".formatted(Taint.STARTUP),
                "add a component that removes the taint: its key must stand in one of its"
                    + " objects"));
  }

  /** In another place than a toleration. */
  private static boolean namesTaint(HasMetadata object) {
    var tree = JSON.<JsonNode>valueToTree(object);
    tree.findParents("tolerations").stream()
        .filter(ObjectNode.class::isInstance)
        .forEach(parent -> ((ObjectNode) parent).remove("tolerations"));
    return tree.toString().contains('"' + Taint.STARTUP.key() + '"')
        || tree.toString().contains("=" + Taint.STARTUP.key());
  }

  private static Stream<Finding> check(List<Node> nodes, Pods pods) {
    var selected = nodes.stream().filter(pods::selects).toList();
    if (pods.isDaemonSet()) {
      return selected.stream()
          .flatMap(node -> taints(pods, node).map(taint -> missing(pods, node, taint)))
          .limit(1);
    }
    return selected.isEmpty() || selected.stream().anyMatch(pods::mayRunOn)
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                pods.origin("withNodeSelector"),
                "%s tolerates the taints of none of the nodes that it selects: %s"
                    .formatted(pods, selected),
                "tolerate those of one kind of node"));
  }

  private static Stream<Taint> taints(Pods pods, Node node) {
    return Stream.concat(
            node.taints().stream(),
            pods.isForEveryNode() && node.profile().isPresent()
                ? OF_ANY_POOL.stream()
                : Stream.of())
        .filter(taint -> !pods.tolerates(taint));
  }

  private static Finding missing(Pods pods, Node node, Taint taint) {
    var origin =
        node.profile().isPresent()
            ? Origin.of(Profiles.class, taint.key(), node.profile().get().name())
            : node.kubelet().origin("registerWithTaints");
    return Finding.at(
            pods.origin("withTolerations"),
            "%s is to run on %s, and does not tolerate %s".formatted(pods, node, taint),
            pods.isForEveryNode()
                ? "add Tolerations.EVERYTHING, or a selector of the nodes that it is for"
                : "add a toleration")
        .with("taint", taint, origin);
  }
}
