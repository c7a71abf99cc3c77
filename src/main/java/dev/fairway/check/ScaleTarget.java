package dev.fairway.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What autoscalers name: the workload whose pods they size or count, and its containers. */
final class ScaleTarget {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScaleTarget() {}

  static Stream<Reference> of(Platform platform) {
    return Stream.concat(
        vertical(platform).map(it -> target(it, spec(it).path("targetRef"))),
        Named.all(platform, HorizontalPodAutoscaler.class)
            .map(it ->
                target(it, JSON.<JsonNode>valueToTree(it.object().getSpec().getScaleTargetRef()))));
  }

  private static Reference target(Named<?> by, JsonNode target) {
    return new Reference(
        by.toString(),
        by.origin(),
        target.path("kind").asText(),
        Named.namespace(by.object()),
        target.path("name").asText());
  }

  /** A container that is not there is never sized, and nothing says so. */
  static Stream<Finding> containers(Platform platform) {
    var all = Pods.of(platform);
    return vertical(platform).flatMap(it -> containers(all, it));
  }

  private static Stream<Finding> containers(
      List<Pods> all, Named<GenericKubernetesResource> scaler) {
    var target = target(scaler, spec(scaler).path("targetRef"));
    return all.stream()
        .filter(pods -> pods.owner().getKind().equals(target.kind()))
        .filter(pods -> pods.owner().getMetadata().getName().equals(target.name()))
        .filter(pods -> pods.namespace().equals(target.namespace()))
        .flatMap(pods -> unknown(scaler, pods));
  }

  private static Stream<Finding> unknown(Named<GenericKubernetesResource> scaler, Pods pods) {
    var known = pods.containers().stream().map(Container::getName).toList();
    var policies = spec(scaler).path("resourcePolicy").path("containerPolicies");
    return StreamSupport.stream(policies.spliterator(), false)
        .map(policy -> policy.path("containerName").asText())
        .filter(name -> !name.equals("*") && !known.contains(name))
        .map(name ->
            Finding.at(
                Origin.of(scaler.part(), name, scaler.name()),
                "%s sizes container %s, which %s has not".formatted(scaler, name, pods),
                DidYouMean.remedy(name, known)));
  }

  private static Stream<Named<GenericKubernetesResource>> vertical(Platform platform) {
    return Named.all(platform, GenericKubernetesResource.class)
        .filter(it -> it.object().getKind().equals("VerticalPodAutoscaler"));
  }

  private static JsonNode spec(Named<GenericKubernetesResource> scaler) {
    return JSON.<JsonNode>valueToTree(scaler.object().getAdditionalProperties()).path("spec");
  }
}
