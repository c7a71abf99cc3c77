package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A kind that every cluster serves, and where all its objects are listed.
 *
 * @param plural as it stands in a path
 */
record Listed(String apiVersion, String kind, String plural) {

  private String root() {
    return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
  }

  /** The objects of all namespaces. */
  String path() {
    return root() + "/" + plural;
  }

  ObjectRef ref(JsonNode object) {
    return new ObjectRef(
        apiVersion,
        kind,
        Optional.of(object.at("/metadata/namespace").asText()).filter(text -> !text.isEmpty()),
        object.at("/metadata/name").asText());
  }

  /** Where one of them is. */
  String path(JsonNode object) {
    var ref = ref(object);
    return root()
        + ref.namespace().map(name -> "/namespaces/" + name).orElse("")
        + "/"
        + plural
        + "/"
        + ref.name();
  }
}
