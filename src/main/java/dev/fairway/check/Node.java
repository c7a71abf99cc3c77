package dev.fairway.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Facts;
import dev.fairway.model.Profile;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.model.ScalingGroup;
import dev.fairway.model.Taint;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Profiles;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.platform.node.NodeFile.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of node that runs pods: where its node config, its profile and its Auto Scaling group say
 * the same of it.
 *
 * @param profile of pools' nodes
 * @param groups the security groups that it is in
 * @param labels that it registers with, a pool's own left out
 * @param taints that it registers with, a pool's own left out
 */
record Node(
    NodeConfig config,
    NodeDocument kubelet,
    List<NodeDocument> staticPods,
    Optional<Profile> profile,
    List<SecurityGroup> groups,
    SortedMap<String, String> labels,
    List<Taint> taints) {

  static List<Node> of(Platform platform) {
    return platform.nodes().stream().flatMap(config -> of(platform, config).stream()).toList();
  }

  private static Optional<Node> of(Platform platform, NodeConfig config) {
    var documents = NodeDocument.of(config).toList();
    var profile =
        platform.profiles().stream()
            .filter(it -> config.name().equals("worker-" + it.name()))
            .findFirst();
    return documents.stream()
        .filter(NodeDocument::isKubelet)
        .findFirst()
        .map(kubelet ->
            new Node(
                config,
                kubelet,
                staticPods(documents),
                profile,
                groups(platform, config),
                profile.map(Profiles::labels).orElseGet(() -> labels(config)),
                taints(kubelet.tree().path("registerWithTaints"), profile)));
  }

  /** Where a cluster decides, those with everything on: it asks most of a node. */
  private static List<NodeDocument> staticPods(List<NodeDocument> documents) {
    return documents.stream()
        .filter(NodeDocument::isStaticPod)
        .filter(pod -> pod.file().condition().map(Condition::is).orElse(true))
        .toList();
  }

  private static List<SecurityGroup> groups(Platform platform, NodeConfig config) {
    return platform.templates().stream()
        .flatMap(template -> template.scalingGroups().stream())
        .filter(group -> group.nodeConfig().equals(config.name()))
        .map(ScalingGroup::securityGroup)
        .distinct()
        .map(SecurityGroup::new)
        .toList();
  }

  /** As the node's environment file has them for kubelet's command line. */
  private static SortedMap<String, String> labels(NodeConfig config) {
    return config.files().stream()
        .flatMap(file -> file.content().lines())
        .filter(line -> line.startsWith("NODE_LABELS="))
        .flatMap(line -> Arrays.stream(line.substring(line.indexOf('=') + 1).split(",")))
        .map(label -> label.split("=", 2))
        .filter(label -> label.length == 2)
        .collect(
            Collectors.toMap(
                label -> label[0], label -> label[1], (first, _) -> first, TreeMap::new));
  }

  private static List<Taint> taints(JsonNode declared, Optional<Profile> profile) {
    if (declared.asText().equals(Facts.POOL_TAINTS.whole())) {
      var ofProfile =
          profile.stream()
              .flatMap(it -> it.taints().entrySet().stream())
              .map(Node::taint)
              .flatMap(Optional::stream);
      return Stream.concat(Stream.of(Taint.STARTUP), ofProfile).toList();
    }
    var taints = new ArrayList<Taint>();
    declared.forEach(taint -> taints.add(taint(taint)));
    return taints;
  }

  private static Optional<Taint> taint(Map.Entry<String, String> ofProfile) {
    return Taint.parse(ofProfile.getKey() + "=" + ofProfile.getValue());
  }

  private static Taint taint(JsonNode taint) {
    return new Taint(
        taint.path("key").asText(), taint.path("value").asText(), taint.path("effect").asText());
  }

  /** Whether it runs the API server. */
  boolean isMaster() {
    return staticPods.stream().anyMatch(pod -> pod.name().equals("kube-apiserver"));
  }

  @Override
  public String toString() {
    return config.name();
  }
}
