package dev.fairway.platform.component;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An object that makes pods, and what its pods are like. */
record Program(Component component, HasMetadata owner, PodTemplateSpec pod) {

  /** The catalogue. */
  static Stream<Component> components() {
    return Components.all().stream();
  }

  static Stream<Program> of(Component component) {
    return component.objects().stream()
        .flatMap(object -> pod(object).map(pod -> new Program(component, object, pod)));
  }

  private static Stream<PodTemplateSpec> pod(HasMetadata object) {
    return switch (object) {
      case Deployment it -> Stream.of(it.getSpec().getTemplate());
      case DaemonSet it -> Stream.of(it.getSpec().getTemplate());
      case StatefulSet it -> Stream.of(it.getSpec().getTemplate());
      case Job it -> Stream.of(it.getSpec().getTemplate());
      case CronJob it -> Stream.of(it.getSpec().getJobTemplate().getSpec().getTemplate());
      default -> Stream.of();
    };
  }

  /** How many pods there are, where the object says so. */
  int replicas() {
    return switch (owner) {
      case Deployment it -> it.getSpec().getReplicas();
      case StatefulSet it -> it.getSpec().getReplicas();
      default -> 0;
    };
  }

  boolean ends() {
    return owner instanceof Job || owner instanceof CronJob;
  }

  PodSpec spec() {
    return pod.getSpec();
  }

  Map<String, String> labels() {
    return pod.getMetadata().getLabels();
  }

  List<Container> containers() {
    return Stream.concat(spec().getInitContainers().stream(), spec().getContainers().stream())
        .toList();
  }

  List<Volume> volumes() {
    return spec().getVolumes();
  }

  boolean isOnHostNetwork() {
    return Boolean.TRUE.equals(spec().getHostNetwork());
  }

  /** The objects of this type that the component has beside it. */
  <T extends HasMetadata> List<T> others(Class<T> type) {
    return component.objects().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public String toString() {
    return owner.getKind() + " " + owner.getMetadata().getName();
  }
}
