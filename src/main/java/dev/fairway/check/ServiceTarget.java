package dev.fairway.check;

import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Ports by name: those that Services lead to, and those that probes ask. */
final class ServiceTarget {
  private ServiceTarget() {}

  static Stream<Finding> of(Platform platform) {
    var all = Pods.of(platform);
    return Stream.concat(
        Named.all(platform, Service.class)
            .filter(service -> !service.object().getSpec().getSelector().isEmpty())
            .flatMap(service -> check(all, service)),
        all.stream().flatMap(ServiceTarget::probes));
  }

  private static Stream<Finding> check(List<Pods> all, Named<Service> service) {
    var pods = all.stream().filter(it -> it.isServedBy(service.object())).toList();
    if (pods.isEmpty()) {
      return Stream.of(
          Finding.at(
              service.origin(),
              "%s selects no pods".formatted(service),
              "select the labels of the component's pods: Workload.selector()"));
    }
    var names = pods.stream().flatMap(it -> it.containers().stream()).flatMap(ServiceTarget::names);
    var known = names.toList();
    return service.object().getSpec().getPorts().stream()
        .flatMap(port -> name(port.getTargetPort()).stream())
        .filter(name -> !known.contains(name))
        .map(name ->
            Finding.at(
                Origin.of(service.part(), name, service.name()),
                "%s leads to port %s, which no container has".formatted(service, name),
                "name one of: " + String.join(", ", known)));
  }

  private static Stream<Finding> probes(Pods pods) {
    return pods.containers().stream()
        .flatMap(container ->
            Stream.of(
                    container.getLivenessProbe(),
                    container.getReadinessProbe(),
                    container.getStartupProbe())
                .filter(Objects::nonNull)
                .flatMap(probe -> port(probe).stream())
                .filter(name -> names(container).noneMatch(name::equals))
                .map(name ->
                    Finding.at(
                        pods.origin(name, container.getName()),
                        "%s asks port %s of container %s, which has none of that name"
                            .formatted(pods, name, container.getName()),
                        "name one of: " + String.join(", ", names(container).toList()))));
  }

  private static Optional<String> port(Probe probe) {
    return Optional.ofNullable(probe.getHttpGet()).flatMap(get -> name(get.getPort()));
  }

  private static Optional<String> name(IntOrString port) {
    return Optional.ofNullable(port).map(IntOrString::getStrVal);
  }

  private static Stream<String> names(Container container) {
    return container.getPorts().stream().map(ContainerPort::getName).filter(Objects::nonNull);
  }
}
