package dev.fairway.check;

import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object whose kind another component brings. A cluster that switches that component off has no
 * such kind, and the API server would refuse the object.
 */
final class OwnKind {
  private OwnKind() {}

  static Stream<Finding> of(Platform platform) {
    var definitions = Named.all(platform, CustomResourceDefinition.class).toList();
    return Named.all(platform, GenericKubernetesResource.class)
        .flatMap(object ->
            definitions.stream()
                .filter(definition -> defines(definition.object(), object.object()))
                .flatMap(definition -> outlived(object, definition.part()).stream()));
  }

  private static boolean defines(
      CustomResourceDefinition definition, GenericKubernetesResource it) {
    var group = it.getApiVersion().substring(0, Math.max(0, it.getApiVersion().indexOf('/')));
    return definition.getSpec().getGroup().equals(group)
        && definition.getSpec().getNames().getKind().equals(it.getKind());
  }

  private static Optional<Finding> outlived(Named<GenericKubernetesResource> object, Part definer) {
    return definer
        .enabledBy()
        .filter(on -> !goesWith(object.part(), on))
        .map(on ->
            Finding.at(
                object.origin(),
                "%s is of a kind that is gone when %s is false".formatted(object, on.key()),
                "name the switch of %s in needs(), or make it the component's own"
                    .formatted(definer.name())));
  }

  private static boolean goesWith(Part part, Symbol on) {
    return part.enabledBy().filter(on::equals).isPresent() || part.needs().contains(on);
  }
}
