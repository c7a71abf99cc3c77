package dev.fairway.check;

import dev.fairway.platform.Platform;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object that another one names. What may be missing ({@code optional: true}) is not among them.
 *
 * @param by what names it
 * @param namespace empty for kinds that belong to none
 */
record Reference(String by, Origin origin, String kind, String namespace, String name) {

  static Stream<Reference> of(Platform platform) {
    return Stream.of(
            Named.all(platform).flatMap(Reference::namespace),
            Pods.of(platform).stream().flatMap(Reference::pods),
            ScaleTarget.of(platform),
            Named.all(platform, RoleBinding.class)
                .flatMap(it -> binding(it, it.object().getRoleRef(), it.object().getSubjects())),
            Named.all(platform, ClusterRoleBinding.class)
                .flatMap(it -> binding(it, it.object().getRoleRef(), it.object().getSubjects())),
            ServedPort.calledServices(platform)
                .map(it ->
                    new Reference(
                        it.by().toString(),
                        it.by().origin(),
                        "Service",
                        it.namespace(),
                        it.name())))
        .flatMap(references -> references);
  }

  private static Stream<Reference> namespace(Named<HasMetadata> object) {
    return Optional.of(Named.namespace(object.object())).stream()
        .filter(name -> !name.isEmpty())
        .map(name -> new Reference(object.toString(), object.origin(), "Namespace", "", name));
  }

  private static Stream<Reference> binding(Named<?> binding, RoleRef role, List<Subject> subjects) {
    var namespace = role.getKind().equals("Role") ? Named.namespace(binding.object()) : "";
    return Stream.concat(
        Stream.of(
            new Reference(
                binding.toString(), binding.origin(), role.getKind(), namespace, role.getName())),
        subjects.stream()
            .filter(subject -> subject.getKind().equals("ServiceAccount"))
            .map(subject ->
                new Reference(
                    binding.toString(),
                    binding.origin(),
                    "ServiceAccount",
                    Optional.ofNullable(subject.getNamespace()).orElse(""),
                    subject.getName())));
  }

  private static Stream<Reference> pods(Pods pods) {
    var spec = pods.spec();
    var account =
        Optional.ofNullable(spec.getServiceAccountName()).stream()
            .map(name -> of(pods, "ServiceAccount", name));
    var priority =
        Optional.ofNullable(spec.getPriorityClassName()).stream()
            .map(name ->
                new Reference(pods.toString(), pods.origin(name), "PriorityClass", "", name));
    return Stream.of(
            account,
            priority,
            spec.getVolumes().stream().flatMap(volume -> volume(pods, volume)),
            pods.containers().stream().flatMap(container -> environment(pods, container)))
        .flatMap(references -> references);
  }

  private static Stream<Reference> volume(Pods pods, Volume volume) {
    var config = Optional.ofNullable(volume.getConfigMap()).stream();
    var secret = Optional.ofNullable(volume.getSecret()).stream();
    var projected =
        Optional.ofNullable(volume.getProjected()).stream()
            .flatMap(it -> it.getSources().stream())
            .flatMap(source -> projected(pods, source));
    return Stream.of(
            config.flatMap(it -> required(pods, "ConfigMap", it.getName(), it.getOptional())),
            secret.flatMap(it -> required(pods, "Secret", it.getSecretName(), it.getOptional())),
            projected)
        .flatMap(references -> references);
  }

  private static Stream<Reference> projected(Pods pods, VolumeProjection source) {
    return Stream.concat(
        Optional.ofNullable(source.getConfigMap()).stream()
            .flatMap(it -> required(pods, "ConfigMap", it.getName(), it.getOptional())),
        Optional.ofNullable(source.getSecret()).stream()
            .flatMap(it -> required(pods, "Secret", it.getName(), it.getOptional())));
  }

  private static Stream<Reference> environment(Pods pods, Container container) {
    return Stream.concat(
        container.getEnv().stream()
            .flatMap(variable -> Optional.ofNullable(variable.getValueFrom()).stream())
            .flatMap(source -> variable(pods, source)),
        container.getEnvFrom().stream().flatMap(source -> variables(pods, source)));
  }

  private static Stream<Reference> variable(Pods pods, EnvVarSource source) {
    return Stream.concat(
        Optional.ofNullable(source.getConfigMapKeyRef()).stream()
            .flatMap(it -> required(pods, "ConfigMap", it.getName(), it.getOptional())),
        Optional.ofNullable(source.getSecretKeyRef()).stream()
            .flatMap(it -> required(pods, "Secret", it.getName(), it.getOptional())));
  }

  private static Stream<Reference> variables(Pods pods, EnvFromSource source) {
    return Stream.concat(
        Optional.ofNullable(source.getConfigMapRef()).stream()
            .flatMap(it -> required(pods, "ConfigMap", it.getName(), it.getOptional())),
        Optional.ofNullable(source.getSecretRef()).stream()
            .flatMap(it -> required(pods, "Secret", it.getName(), it.getOptional())));
  }

  private static Stream<Reference> required(
      Pods pods, String kind, String name, @Nullable Boolean optional) {
    return Boolean.TRUE.equals(optional) ? Stream.empty() : Stream.of(of(pods, kind, name));
  }

  private static Reference of(Pods pods, String kind, String name) {
    return new Reference(pods.toString(), pods.origin(name), kind, pods.namespace(), name);
  }

  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
