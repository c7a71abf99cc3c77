package dev.fairway.e2e;

import dev.fairway.link.Assembly;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Puts an assembly's objects into a cluster, strictly, as little as a test of them needs. */
final class Manifests {
  private Manifests() {}

  /** The objects of the components that are on, in the release's order. */
  static List<GenericKubernetesResource> of(Assembly assembly) {
    var objects = new ArrayList<GenericKubernetesResource>();
    assembly.components().forEach(component -> objects.addAll(of(assembly, component)));
    return objects;
  }

  /** The objects of one component, which is on. */
  static List<GenericKubernetesResource> of(Assembly assembly, String component) {
    var manifest = assembly.manifests().get("manifests/" + component + ".yaml");
    return documents(new String(manifest, StandardCharsets.UTF_8));
  }

  /** The objects of a text, with lines of three dashes between them. */
  static List<GenericKubernetesResource> documents(String text) {
    var objects = new ArrayList<GenericKubernetesResource>();
    for (var document : text.split("(?m)^---$", -1)) {
      if (!document.isBlank()) {
        objects.add(Serialization.unmarshal(document, GenericKubernetesResource.class));
      }
    }
    return objects;
  }

  /** Definitions first: they must be established before their objects. */
  static void apply(KubernetesClient client, Collection<GenericKubernetesResource> objects) {
    var definitions =
        objects.stream().filter(o -> o.getKind().equals("CustomResourceDefinition")).toList();
    definitions.forEach(definition -> apply(client, definition));
    for (var definition : definitions) {
      var name = definition.getMetadata().getName();
      Eventually.holds(
          name + " is established",
          Duration.ofSeconds(20),
          () ->
              client
                  .apiextensions()
                  .v1()
                  .customResourceDefinitions()
                  .withName(name)
                  .get()
                  .getStatus()
                  .getConditions()
                  .stream()
                  .anyMatch(
                      c -> c.getType().equals("Established") && c.getStatus().equals("True")));
    }
    objects.stream().filter(o -> !definitions.contains(o)).forEach(o -> apply(client, o));
  }

  private static void apply(KubernetesClient client, GenericKubernetesResource object) {
    var context = PatchContext.of(PatchType.SERVER_SIDE_APPLY);
    context.setFieldManager("fairway");
    context.setFieldValidation("Strict");
    client.resource(object).patch(context);
  }
}
