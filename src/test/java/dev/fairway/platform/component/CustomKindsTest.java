package dev.fairway.platform.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.platform.component.access.AccessRoles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A kind that people can't use might as well not be there. */
class CustomKindsTest {
  /** Programs speak to each other by these, and no application has one. */
  private static final Set<String> OF_PROGRAMS =
      Set.of("nodereadinessrules", "verticalpodautoscalercheckpoints");

  /** The StackSet controller writes them. */
  private static final Set<String> READ_ONLY = Set.of("stacks");

  @Test
  void everybodyReadsTheKindsOfApplications() {
    assertThat(kinds())
        .isNotEmpty()
        .allSatisfy(kind ->
            assertThat(granted(AccessRoles.TO_READ, kind)).contains("get", "list", "watch"));
  }

  @Test
  void whoDeploysWritesThoseOfANamespace() {
    assertThat(kinds())
        .filteredOn(kind -> kind.getScope().equals("Namespaced"))
        .filteredOn(kind -> !READ_ONLY.contains(plural(kind)))
        .isNotEmpty()
        .allSatisfy(kind ->
            assertThat(granted(AccessRoles.TO_DEPLOY, kind))
                .contains("create", "update", "patch", "delete"));
  }

  /** They rule applications of every team. */
  @Test
  void nobodyWhoDeploysWritesThoseOfTheCluster() {
    assertThat(kinds())
        .filteredOn(kind -> kind.getScope().equals("Cluster"))
        .isNotEmpty()
        .allSatisfy(kind -> assertThat(granted(AccessRoles.TO_DEPLOY, kind)).isEmpty());
  }

  private static List<CustomResourceDefinitionSpec> kinds() {
    return objects(CustomResourceDefinition.class)
        .map(CustomResourceDefinition::getSpec)
        .filter(kind -> !OF_PROGRAMS.contains(plural(kind)))
        .toList();
  }

  private static List<String> granted(String label, CustomResourceDefinitionSpec kind) {
    return objects(ClusterRole.class)
        .filter(role -> "true".equals(role.getMetadata().getLabels().get(label)))
        .flatMap(role -> role.getRules().stream())
        .filter(rule -> rule.getApiGroups().contains(kind.getGroup()))
        .filter(rule -> rule.getResources().contains(plural(kind)))
        .flatMap(rule -> rule.getVerbs().stream())
        .toList();
  }

  private static String plural(CustomResourceDefinitionSpec kind) {
    return kind.getNames().getPlural();
  }

  private static <T extends HasMetadata> Stream<T> objects(Class<T> type) {
    return Components.all().stream()
        .flatMap(component -> component.objects().stream())
        .filter(type::isInstance)
        .map(type::cast);
  }
}
