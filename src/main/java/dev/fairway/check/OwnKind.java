package dev.fairway.check;

import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object whose kind another component brings, or a program that lives on such objects. A cluster
 * that switches that component off has no such kind: the API server would refuse the object, and
 * the program would fail again and again.
 */
final class OwnKind {
  private OwnKind() {}

  static Stream<Finding> of(Platform platform) {
    var definitions = Named.all(platform, CustomResourceDefinition.class).toList();
    return Stream.concat(
        Named.all(platform, GenericKubernetesResource.class)
            .flatMap(object ->
                definitions.stream()
                    .filter(definition -> defines(definition.object(), object.object()))
                    .flatMap(definition -> outlived(object, "is of", definition.part()).stream())),
        Named.all(platform)
            .filter(OwnKind::isOfProgram)
            .flatMap(role ->
                definitions.stream()
                    .filter(definition -> livesOn(rules(role.object()), definition.object()))
                    .flatMap(definition ->
                        outlived(role, "lets a program live on", definition.part()).stream())));
  }

  private static boolean defines(
      CustomResourceDefinition definition, GenericKubernetesResource it) {
    var group = it.getApiVersion().substring(0, Math.max(0, it.getApiVersion().indexOf('/')));
    return definition.getSpec().getGroup().equals(group)
        && definition.getSpec().getNames().getKind().equals(it.getKind());
  }

  /**
   * It lists, watches or writes them. What only gets an object has its name from elsewhere, and
   * bears with an object that is not there.
   */
  private static boolean livesOn(List<PolicyRule> rules, CustomResourceDefinition definition) {
    var plural = definition.getSpec().getNames().getPlural();
    return rules.stream()
        .filter(rule -> rule.getApiGroups().contains(definition.getSpec().getGroup()))
        .filter(rule ->
            rule.getResources().stream()
                .anyMatch(it -> it.equals(plural) || it.startsWith(plural + "/")))
        .anyMatch(rule -> !rule.getVerbs().equals(List.of("get")));
  }

  private static List<PolicyRule> rules(HasMetadata object) {
    return switch (object) {
      case ClusterRole role -> role.getRules();
      case Role role -> role.getRules();
      default -> List.of();
    };
  }

  /** Bound to a ServiceAccount by the component itself; what people may do is another matter. */
  private static boolean isOfProgram(Named<HasMetadata> role) {
    return role.part().objects().stream()
        .anyMatch(object ->
            switch (object) {
              case ClusterRoleBinding it -> binds(it.getRoleRef(), it.getSubjects(), role);
              case RoleBinding it -> binds(it.getRoleRef(), it.getSubjects(), role);
              default -> false;
            });
  }

  private static boolean binds(RoleRef to, List<Subject> subjects, Named<HasMetadata> role) {
    return to.getKind().equals(role.object().getKind())
        && to.getName().equals(role.name())
        && subjects.stream().anyMatch(subject -> subject.getKind().equals("ServiceAccount"));
  }

  private static Optional<Finding> outlived(
      Named<? extends HasMetadata> object, String how, Part definer) {
    return definer
        .enabledBy()
        .filter(on -> !goesWith(object.part(), on))
        .map(on ->
            Finding.at(
                object.origin(),
                "%s %s a kind that is gone when %s is false".formatted(object, how, on.key()),
                "name the switch of %s in needs(), or make it the component's own"
                    .formatted(definer.name())));
  }

  private static boolean goesWith(Part part, Symbol on) {
    return part.enabledBy().filter(on::equals).isPresent() || part.needs().contains(on);
  }
}
