package dev.fairway.check;

import dev.fairway.model.Reach.Protocol;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.platform.Platform;
import dev.fairway.platform.component.Ingress;
import dev.fairway.platform.component.Labels;
import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Prometheus asks a node's own address for metrics, from the nodes that it may run on: every
 * kubelet, what the masters' static pods serve to others than their own node, and ports of metrics
 * of pods on the node's network. Those on the pod network are reached through the overlay.
 */
final class ScrapedPort {
  private static final String LOOPBACK = "127.0.0.1";

  private ScrapedPort() {}

  static List<NeededPort> needs(Platform platform, List<Node> nodes) {
    var scrapers = scrapers(platform, nodes);
    return Stream.of(
            nodes.stream().flatMap(node -> kubelet(scrapers, node)),
            nodes.stream().flatMap(node -> staticPods(scrapers, node)),
            Pods.of(platform).stream()
                .filter(Pods::isOnHostNetwork)
                .flatMap(pods -> pods(scrapers, nodes, pods)))
        .flatMap(needs -> needs)
        .toList();
  }

  /** None where there is no Prometheus. */
  private static List<SecurityGroup> scrapers(Platform platform, List<Node> nodes) {
    var prometheus =
        Pods.of(platform).stream()
            .filter(pods -> Ingress.PROMETHEUS.equals(pods.labels().get(Labels.NAME)))
            .toList();
    return NeededPort.groups(
        nodes.stream().filter(node -> prometheus.stream().anyMatch(it -> it.mayRunOn(node))));
  }

  private static Stream<NeededPort> kubelet(List<SecurityGroup> scrapers, Node node) {
    return NeededPort.between(
        scrapers,
        node.groups(),
        Protocol.TCP,
        NeededPort.kubeletPort(node),
        "Prometheus asks kubelets for metrics",
        node.kubelet().origin("port"))
        .stream();
  }

  private static Stream<NeededPort> staticPods(List<SecurityGroup> scrapers, Node node) {
    return node.staticPods().stream()
        .filter(pod -> pod.flag("bind-address").filter(LOOPBACK::equals).isEmpty())
        .flatMap(pod ->
            pod.flag("secure-port").stream()
                .map(Integer::parseInt)
                .flatMap(port ->
                    NeededPort.between(
                        scrapers,
                        node.groups(),
                        Protocol.TCP,
                        port,
                        "Prometheus asks %s for metrics".formatted(pod.name()),
                        pod.origin("secure-port"))
                        .stream()));
  }

  private static Stream<NeededPort> pods(
      List<SecurityGroup> scrapers, List<Node> nodes, Pods pods) {
    return pods.containers().stream()
        .map(Container::getPorts)
        .flatMap(List::stream)
        .filter(port -> port.getName() != null && port.getName().matches(Ingress.METRICS))
        .flatMap(port ->
            NeededPort.between(
                scrapers,
                NeededPort.groups(nodes.stream().filter(pods::mayRunOn)),
                Protocol.TCP,
                port.getContainerPort(),
                "%s: Prometheus asks for metrics".formatted(pods),
                pods.origin(Integer.toString(port.getContainerPort())))
                .stream());
  }
}
