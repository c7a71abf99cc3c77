package dev.fairway.check;

import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.model.Reach.Protocol;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A port of pods that a node's own address answers: a {@code hostPort}, or a port of pods on the
 * node's network that a Service leads to. Those on the pod network are reached through the overlay.
 */
record ServedPort(Pods pods, ContainerPort port) {

  static List<NeededPort> needs(Platform platform, List<Node> nodes) {
    var masters = NeededPort.groups(nodes.stream().filter(Node::isMaster));
    var all = NeededPort.groups(nodes.stream());
    return all(platform)
        .flatMap(served ->
            Stream.of(
                    served.needs(
                        nodes,
                        served.askers(platform, all),
                        served.isHostPort(),
                        "the node lends them the port"),
                    served.needs(
                        nodes, all, served.isLedToBy(platform), "a Service leads pods to it"),
                    served.needs(
                        nodes,
                        masters,
                        served.isCalled(platform),
                        "the API server calls it by its Service"))
                .flatMap(List::stream))
        .toList();
  }

  private static Stream<ServedPort> all(Platform platform) {
    return Pods.of(platform).stream()
        .flatMap(pods ->
            pods.containers().stream()
                .map(Container::getPorts)
                .flatMap(List::stream)
                .map(port -> new ServedPort(pods, port)));
  }

  private List<NeededPort> needs(
      List<Node> nodes, List<SecurityGroup> from, boolean isNeeded, String why) {
    return isNeeded
        ? NeededPort.between(
            from,
            NeededPort.groups(nodes.stream().filter(pods::mayRunOn)),
            "UDP".equals(port.getProtocol()) ? Protocol.UDP : Protocol.TCP,
            number(),
            "%s: %s".formatted(pods, why),
            pods.origin(Integer.toString(number())))
        : List.of();
  }

  private int number() {
    return Optional.ofNullable(port.getHostPort()).orElseGet(port::getContainerPort);
  }

  private boolean isHostPort() {
    return port.getHostPort() != null && !pods.isOnHostNetwork();
  }

  /** The load balancers whose only way out leads there; where there are none, all nodes. */
  private List<SecurityGroup> askers(Platform platform, List<SecurityGroup> nodes) {
    var balancers =
        Reaches.of(platform)
            .filter(reach -> reach.direction() == Direction.EGRESS)
            .filter(reach -> !nodes.contains(reach.owner()) && nodes.contains(reach.peer()))
            .filter(reach ->
                reach.ports().stream()
                    .anyMatch(ports -> ports.from() <= number() && number() <= ports.to()))
            .map(Reach::owner)
            .distinct()
            .toList();
    return balancers.isEmpty() ? nodes : balancers;
  }

  private boolean isLedToBy(Platform platform) {
    return pods.isOnHostNetwork() && services(platform, service -> !isCalled(platform, service));
  }

  private boolean isCalled(Platform platform) {
    return pods.isOnHostNetwork() && services(platform, service -> isCalled(platform, service));
  }

  private boolean services(Platform platform, Predicate<Service> which) {
    return Named.all(platform, Service.class)
        .map(Named::object)
        .filter(pods::isServedBy)
        .filter(which)
        .flatMap(service -> service.getSpec().getPorts().stream())
        .anyMatch(this::isTargetOf);
  }

  private boolean isTargetOf(ServicePort service) {
    return Optional.ofNullable(service.getTargetPort())
        .map(target ->
            Optional.ofNullable(target.getStrVal()).isPresent()
                ? target.getStrVal().equals(port.getName())
                : port.getContainerPort().equals(target.getIntVal()))
        .orElseGet(() -> port.getContainerPort().equals(service.getPort()));
  }

  private static boolean isCalled(Platform platform, Service service) {
    return calledServices(platform)
        .anyMatch(called ->
            called.name().equals(service.getMetadata().getName())
                && called.namespace().equals(Named.namespace(service)));
  }

  /** A Service that the API server calls by name. */
  record Called(Named<?> by, String namespace, String name) {}

  static Stream<Called> calledServices(Platform platform) {
    var apis =
        Named.all(platform, APIService.class)
            .flatMap(it ->
                Optional.ofNullable(it.object().getSpec().getService()).stream()
                    .map(called -> new Called(it, called.getNamespace(), called.getName())));
    var mutating =
        Named.all(platform, MutatingWebhookConfiguration.class)
            .flatMap(it ->
                it.object().getWebhooks().stream()
                    .flatMap(hook -> called(it, hook.getClientConfig())));
    var validating =
        Named.all(platform, ValidatingWebhookConfiguration.class)
            .flatMap(it ->
                it.object().getWebhooks().stream()
                    .flatMap(hook -> called(it, hook.getClientConfig())));
    return Stream.of(apis, mutating, validating).flatMap(called -> called);
  }

  private static Stream<Called> called(Named<?> by, WebhookClientConfig client) {
    return Optional.ofNullable(client.getService()).stream()
        .map(called -> new Called(by, called.getNamespace(), called.getName()));
  }
}
