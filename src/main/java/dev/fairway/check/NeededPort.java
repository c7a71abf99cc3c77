package dev.fairway.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.model.Facts;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Network;
import dev.fairway.model.Reach.Protocol;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.model.Value;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Reachability;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A port that is needed over the network. What only its own node asks for, probes included, is
 * none: the network does not see it.
 */
record NeededPort(
    SecurityGroup from, SecurityGroup to, Protocol protocol, int port, String why, Origin origin) {
  private static final Value VPC = Value.of(Facts.VPC_CIDR);
  private static final int KUBELET = 10250;
  private static final int VXLAN = 8472;
  private static final Pattern ETCD_SERVER = Pattern.compile("https://[^,]*:([0-9]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<NeededPort> of(Platform platform, List<Node> nodes) {
    var needs = new ArrayList<NeededPort>();
    nodes.forEach(node -> needs.addAll(kubelet(nodes, node)));
    nodes.forEach(node -> needs.addAll(apiServer(platform, nodes, node)));
    needs.addAll(overlay(platform, nodes));
    needs.addAll(ServedPort.needs(platform, nodes));
    needs.addAll(ScrapedPort.needs(platform, nodes));
    var once = new LinkedHashMap<List<Object>, NeededPort>();
    needs.forEach(need -> once.putIfAbsent(need.key(), need));
    return List.copyOf(once.values());
  }

  private static List<NeededPort> kubelet(List<Node> nodes, Node node) {
    return between(
        groups(nodes.stream().filter(Node::isMaster)),
        node.groups(),
        Protocol.TCP,
        kubeletPort(node),
        "the API server asks kubelets for logs and exec",
        node.kubelet().origin("port"));
  }

  static int kubeletPort(Node node) {
    return node.kubelet().tree().path("port").asInt(KUBELET);
  }

  private static List<NeededPort> apiServer(Platform platform, List<Node> nodes, Node node) {
    var needs = new ArrayList<NeededPort>();
    for (var pod : node.staticPods()) {
      pod.flag("secure-port")
          .filter(_ -> pod.name().equals("kube-apiserver"))
          .map(Integer::parseInt)
          .ifPresent(port -> {
            needs.addAll(
                between(
                    groups(nodes.stream()),
                    node.groups(),
                    Protocol.TCP,
                    port,
                    "the kubernetes Service leads pods straight to the API server",
                    pod.origin("secure-port")));
            needs.addAll(balanced(platform, node, pod, port));
          });
      pod.flag("etcd-servers").ifPresent(servers -> needs.addAll(etcd(node, pod, servers)));
    }
    return needs;
  }

  /** Where the API server listens, and where the load balancer's listeners lead. */
  private static List<NeededPort> balanced(
      Platform platform, Node node, NodeDocument pod, int port) {
    var needs = new ArrayList<NeededPort>();
    for (var template : platform.templates()) {
      for (var listener : template.listeners()) {
        needs.addAll(
            balanced(
                node,
                port,
                "the load balancer leads people and nodes to the API server",
                pod.origin("secure-port")));
        needs.addAll(
            balanced(
                node,
                listener.instancePort(),
                "the load balancer's listener %d leads there".formatted(listener.port()),
                Origin.of(template, "listeners")));
      }
    }
    return needs;
  }

  private static List<NeededPort> balanced(Node node, int port, String why, Origin origin) {
    return between(List.of(Reachability.API_ELB), node.groups(), Protocol.TCP, port, why, origin);
  }

  private static List<NeededPort> etcd(Node node, NodeDocument pod, String servers) {
    return ETCD_SERVER
        .matcher(servers)
        .results()
        .map(match -> Integer.parseInt(match.group(1)))
        .distinct()
        .flatMap(port ->
            between(
                node.groups(),
                List.of(Reachability.ETCD),
                Protocol.TCP,
                port,
                "the API server keeps everything in etcd",
                pod.origin("etcd-servers"))
                .stream())
        .toList();
  }

  /** flannel's tunnel between any two nodes, where a ConfigMap sets one up. */
  private static List<NeededPort> overlay(Platform platform, List<Node> nodes) {
    return Named.all(platform, ConfigMap.class)
        .flatMap(config ->
            Optional.ofNullable(config.object().getData().get("net-conf.json")).stream()
                .map(text -> parse(text).path("Backend"))
                .filter(backend -> backend.path("Type").asText().equals("vxlan"))
                .flatMap(backend ->
                    between(
                        groups(nodes.stream()),
                        groups(nodes.stream()),
                        Protocol.UDP,
                        backend.path("Port").asInt(VXLAN),
                        "flannel carries packets of pods between nodes",
                        Origin.of(config.part(), "net-conf.json"))
                        .stream()))
        .toList();
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  static List<NeededPort> between(
      List<SecurityGroup> from,
      List<SecurityGroup> to,
      Protocol protocol,
      int port,
      String why,
      Origin origin) {
    return from.stream()
        .flatMap(one ->
            to.stream().map(other -> new NeededPort(one, other, protocol, port, why, origin)))
        .toList();
  }

  static List<SecurityGroup> groups(Stream<Node> nodes) {
    return nodes.flatMap(node -> node.groups().stream()).distinct().toList();
  }

  /** Whoever needs it, it is opened once. */
  private List<Object> key() {
    return List.of(from, to, protocol, port);
  }

  boolean isMetBy(Reach reach) {
    return reach.owner().equals(to)
        && (reach.peer().equals(from) || reach.peer().equals(new Network(VPC)))
        && (reach.protocol() == Protocol.ALL || reach.protocol() == protocol)
        && reach.ports().stream().allMatch(it -> it.from() <= port && port <= it.to());
  }
}
