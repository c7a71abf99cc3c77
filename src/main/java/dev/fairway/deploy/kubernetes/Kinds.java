package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds that an API server serves, and under which paths.
 *
 * @param served by apiVersion and kind
 */
record Kinds(Map<Kind, Resource> served) {

  record Kind(String apiVersion, String kind) {}

  /**
   * @param plural as it stands in a path
   */
  record Resource(String plural, boolean namespaced) {}

  static final Kinds NONE = new Kinds(Map.of());

  /** One request answers for all groups; a server that lacks it is older than any release's. */
  static final String ACCEPT =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  Kinds {
    served = Map.copyOf(served);
  }

  /** These and those of a list that a server answered with. */
  Kinds plus(JsonNode list) {
    var all = new HashMap<>(served);
    for (var group : list.path("items")) {
      var name = group.at("/metadata/name").asText("");
      for (var version : group.path("versions")) {
        var number = version.path("version").asText();
        var apiVersion = name.isEmpty() ? number : name + "/" + number;
        version.path("resources").forEach(resource -> put(all, apiVersion, resource));
      }
    }
    return new Kinds(all);
  }

  private static void put(Map<Kind, Resource> all, String apiVersion, JsonNode resource) {
    all.put(
        new Kind(apiVersion, resource.at("/responseKind/kind").asText()),
        new Resource(
            resource.path("resource").asText(),
            resource.path("scope").asText().equals("Namespaced")));
  }

  boolean has(ObjectRef ref) {
    return resource(ref).isPresent();
  }

  Optional<Resource> resource(ObjectRef ref) {
    return Optional.ofNullable(served.get(new Kind(ref.apiVersion(), ref.kind())));
  }

  /** The object by a version that is served: its own, or else the first of those that are. */
  Optional<ObjectRef> current(ObjectRef ref) {
    return has(ref)
        ? Optional.of(ref)
        : served.keySet().stream()
            .map(kind -> new ObjectRef(kind.apiVersion(), kind.kind(), ref.namespace(), ref.name()))
            .filter(other -> other.identity().equals(ref.identity()))
            .min(Comparator.naturalOrder());
  }

  /** Where the object is; empty when its kind is not served. */
  Optional<String> path(ObjectRef ref) {
    return collection(ref).map(path -> path + "/" + ref.name());
  }

  /** Where the objects of its kind and namespace are. */
  Optional<String> collection(ObjectRef ref) {
    return resource(ref)
        .map(resource -> root(ref) + namespace(ref, resource) + "/" + resource.plural());
  }

  private static String root(ObjectRef ref) {
    return ref.group().isEmpty() ? "/api/" + ref.version() : "/apis/" + ref.apiVersion();
  }

  private static String namespace(ObjectRef ref, Resource resource) {
    return resource.namespaced()
        ? ref.namespace().map(name -> "/namespaces/" + name).orElse("")
        : "";
  }
}
