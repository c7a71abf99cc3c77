package dev.fairway.compiler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.platform.Platform.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order in which components are applied, derived from what they refer to: the namespaces that
 * their objects stand in, the priority classes of their pods, the kinds that others define. Among
 * those that are free to go, the name decides.
 */
final class ManifestOrder {
  private ManifestOrder() {}

  static List<String> of(List<Part> parts) {
    var providers = new TreeMap<String, String>();
    var needs = new TreeMap<String, Set<String>>();
    for (var part : parts) {
      var wanted = new TreeSet<String>();
      for (var object : KubernetesObjects.of(part)) {
        provided(object).forEach(thing -> providers.put(thing, part.name()));
        wanted.addAll(wanted(object));
      }
      needs.put(part.name(), wanted);
    }
    return sort(providers, needs);
  }

  private static List<String> sort(Map<String, String> providers, Map<String, Set<String>> needs) {
    var order = new ArrayList<String>();
    while (order.size() < needs.size()) {
      var next =
          needs.keySet().stream()
              .filter(name -> !order.contains(name))
              .filter(name -> ready(name, providers, needs, order))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalStateException("components need each other, beyond " + order));
      order.add(next);
    }
    return order;
  }

  private static boolean ready(
      String name,
      Map<String, String> providers,
      Map<String, Set<String>> needs,
      List<String> order) {
    return needs.getOrDefault(name, Set.of()).stream()
        .map(thing -> providers.getOrDefault(thing, name))
        .allMatch(provider -> provider.equals(name) || order.contains(provider));
  }

  private static Set<String> provided(ObjectNode object) {
    var name = object.path("metadata").path("name").asText();
    return switch (object.path("kind").asText()) {
      case "Namespace" -> Set.of("Namespace/" + name);
      case "PriorityClass" -> Set.of("PriorityClass/" + name);
      case "CustomResourceDefinition" ->
          Set.of(
              "Kind/"
                  + object.at("/spec/group").asText()
                  + "/"
                  + object.at("/spec/names/kind").asText());
      default -> Set.of();
    };
  }

  private static Set<String> wanted(ObjectNode object) {
    var wanted = new TreeSet<String>();
    var namespace = object.at("/metadata/namespace").asText("");
    if (!namespace.isEmpty()) {
      wanted.add("Namespace/" + namespace);
    }
    object
        .findValuesAsText("priorityClassName")
        .forEach(name -> wanted.add("PriorityClass/" + name));
    var version = object.path("apiVersion").asText();
    var group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    wanted.add("Kind/" + group + "/" + object.path("kind").asText());
    return wanted;
  }
}
