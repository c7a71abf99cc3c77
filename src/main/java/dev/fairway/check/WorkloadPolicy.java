package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What pods of system components may ask of a node, and do to it. Some of it may be broken with a
 * written reason, which stands in an annotation; a reason that nothing needs hides the next
 * mistake.
 */
@AutoService(Rule.class)
public final class WorkloadPolicy implements Rule {
  @Override
  public Code code() {
    return Code.WORKLOAD_POLICY;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    return Stream.concat(
        Pods.of(platform).stream().flatMap(pods -> Stream.concat(priority(pods), containers(pods))),
        WrittenReasons.check(platform));
  }

  private static Stream<Finding> priority(Pods pods) {
    return Optional.ofNullable(pods.spec().getPriorityClassName()).isPresent()
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                pods.origin(),
                "%s has no priority class".formatted(pods),
                "begin its pods by Workload.pod(Priority), which says what goes first"));
  }

  private static Stream<Finding> containers(Pods pods) {
    return pods.containers().stream()
        .flatMap(container -> Stream.concat(resources(pods, container), image(pods, container)));
  }

  private static Stream<Finding> resources(Pods pods, Container container) {
    var resources =
        Optional.ofNullable(container.getResources()).orElseGet(ResourceRequirements::new);
    Map<String, Quantity> requests = Optional.ofNullable(resources.getRequests()).orElse(Map.of());
    Map<String, Quantity> limits = Optional.ofNullable(resources.getLimits()).orElse(Map.of());
    return Stream.of(
            unless(requests.containsKey("cpu"), "requests no CPU"),
            unless(requests.containsKey("memory"), "requests no memory"),
            unless(!limits.containsKey("cpu"), "limits CPU, which throttles it on an idle node"),
            unless(
                Objects.equals(requests.get("memory"), limits.get("memory")),
                "requests %s of memory and limits it to %s"
                    .formatted(amount(requests), amount(limits))))
        .flatMap(Optional::stream)
        .map(what ->
            Finding.at(
                pods.origin(container.getName()),
                "container %s of %s %s".formatted(container.getName(), pods, what),
                "give it Resources.of(cpu, memory)"));
  }

  private static Optional<String> unless(boolean holds, String otherwise) {
    return holds ? Optional.empty() : Optional.of(otherwise);
  }

  private static String amount(Map<String, Quantity> resources) {
    return Optional.ofNullable(resources.get("memory")).map(Quantity::toString).orElse("nothing");
  }

  /** An {@link Image} has a pinned tag, so what is named by one has too. */
  private static Stream<Finding> image(Pods pods, Container container) {
    var images =
        Stream.concat(
                pods.part().images().stream().map(Image::toString),
                pods.part().needs().stream().map(Symbol::token))
            .toList();
    return images.contains(container.getImage())
        ? Stream.empty()
        : Stream.of(
            Finding.at(
                pods.origin(container.getImage(), container.getName()),
                "container %s of %s runs %s, which the component does not list"
                    .formatted(container.getName(), pods, container.getImage()),
                "pin it as an Image, and name it in images(): what is mirrored and reviewed is"
                    + " what stands there"));
  }
}
