package dev.fairway.check;

import dev.fairway.model.Taint;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An object that makes pods, and what its pods are like. */
record Pods(Part part, HasMetadata owner, PodTemplateSpec template) {

  static List<Pods> of(Platform platform) {
    return platform.parts().stream().flatMap(Pods::of).toList();
  }

  private static Stream<Pods> of(Part part) {
    return part.objects().stream()
        .flatMap(owner -> template(owner).map(template -> new Pods(part, owner, template)));
  }

  private static Stream<PodTemplateSpec> template(HasMetadata object) {
    return switch (object) {
      case Deployment it -> Stream.of(it.getSpec().getTemplate());
      case DaemonSet it -> Stream.of(it.getSpec().getTemplate());
      case StatefulSet it -> Stream.of(it.getSpec().getTemplate());
      case Job it -> Stream.of(it.getSpec().getTemplate());
      case CronJob it -> Stream.of(it.getSpec().getJobTemplate().getSpec().getTemplate());
      default -> Stream.of();
    };
  }

  boolean isDaemonSet() {
    return owner instanceof DaemonSet;
  }

  boolean ends() {
    return owner instanceof Job || owner instanceof CronJob;
  }

  /** How many pods there are, where the object says so. */
  int replicas() {
    return switch (owner) {
      case Deployment it -> Optional.ofNullable(it.getSpec().getReplicas()).orElse(1);
      case StatefulSet it -> Optional.ofNullable(it.getSpec().getReplicas()).orElse(1);
      default -> 0;
    };
  }

  PodSpec spec() {
    return template.getSpec();
  }

  String namespace() {
    return Named.namespace(owner);
  }

  Map<String, String> labels() {
    return Optional.ofNullable(template.getMetadata().getLabels()).orElse(Map.of());
  }

  Map<String, String> annotations() {
    return Optional.ofNullable(template.getMetadata().getAnnotations()).orElse(Map.of());
  }

  /** Those that end before the others start among them. */
  List<Container> containers() {
    return Stream.concat(spec().getInitContainers().stream(), spec().getContainers().stream())
        .toList();
  }

  boolean isOnHostNetwork() {
    return Boolean.TRUE.equals(spec().getHostNetwork());
  }

  boolean isServedBy(Service service) {
    return Named.namespace(service).equals(namespace()) && selects(service.getSpec().getSelector());
  }

  boolean selects(Map<String, String> selector) {
    return !selector.isEmpty() && labels().entrySet().containsAll(selector.entrySet());
  }

  /** Whether the scheduler would look at the node at all, taints left aside. */
  boolean selects(Node node) {
    return node.labels().entrySet().containsAll(nodeSelector().entrySet())
        && (terms().isEmpty() || terms().stream().anyMatch(term -> matches(term, node)));
  }

  /** Once the node has started. */
  boolean mayRunOn(Node node) {
    return selects(node)
        && node.taints().stream()
            .filter(taint -> !taint.equals(Taint.STARTUP))
            .allMatch(this::tolerates);
  }

  Map<String, String> nodeSelector() {
    return Optional.ofNullable(spec().getNodeSelector()).orElse(Map.of());
  }

  boolean isForEveryNode() {
    return isDaemonSet() && nodeSelector().isEmpty() && terms().isEmpty();
  }

  private List<NodeSelectorTerm> terms() {
    return Optional.ofNullable(spec().getAffinity())
        .map(Affinity::getNodeAffinity)
        .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
        .map(NodeSelector::getNodeSelectorTerms)
        .orElse(List.of());
  }

  private static boolean matches(NodeSelectorTerm term, Node node) {
    return term.getMatchExpressions().stream().allMatch(expression -> matches(expression, node));
  }

  /** What compares numbers is taken for met: no label of ours is one. */
  private static boolean matches(NodeSelectorRequirement expression, Node node) {
    var value = Optional.ofNullable(node.labels().get(expression.getKey()));
    var named = value.filter(expression.getValues()::contains).isPresent();
    return switch (expression.getOperator()) {
      case "In" -> named;
      case "NotIn" -> !named;
      case "Exists" -> value.isPresent();
      case "DoesNotExist" -> value.isEmpty();
      default -> true;
    };
  }

  boolean tolerates(Taint taint) {
    return spec().getTolerations().stream().anyMatch(toleration -> tolerates(toleration, taint));
  }

  private static boolean tolerates(Toleration toleration, Taint taint) {
    var key = Optional.ofNullable(toleration.getKey()).orElse("");
    var exists = "Exists".equals(toleration.getOperator());
    var effect = Optional.ofNullable(toleration.getEffect()).orElse("");
    return (key.isEmpty() ? exists : key.equals(taint.key()))
        && (exists || taint.value().equals(Optional.ofNullable(toleration.getValue()).orElse("")))
        && (effect.isEmpty() || effect.equals(taint.effect()));
  }

  /** Words that stand near what is wrong go before the name that all the objects share. */
  Origin origin(String... words) {
    return Origin.of(
        part,
        Stream.concat(Stream.of(words), Stream.of(owner.getMetadata().getName()))
            .toArray(String[]::new));
  }

  @Override
  public String toString() {
    return Named.toString(owner);
  }
}
