package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An object as a release wants it.
 *
 * @param file where it stands in the assembly
 * @param object nobody changes it
 */
public record Manifest(ObjectRef ref, String file, ObjectNode object) {

  static Manifest of(String file, ObjectNode object) {
    return new Manifest(ref(object), file, object);
  }

  /** Names the object that the JSON is of. */
  static ObjectRef ref(JsonNode object) {
    var metadata = object.path("metadata");
    var namespace = metadata.path("namespace").asText("");
    return new ObjectRef(
        object.path("apiVersion").asText(),
        object.path("kind").asText(),
        Optional.of(namespace).filter(text -> !text.isEmpty()),
        metadata.path("name").asText());
  }

  Wave wave() {
    return Wave.of(ref);
  }

  /** Whether this is the definition of the kind that the other is of. */
  boolean defines(ObjectRef other) {
    return ref.kind().equals("CustomResourceDefinition")
        && object.at("/spec/group").asText().equals(other.group())
        && object.at("/spec/names/kind").asText().equals(other.kind());
  }
}
