package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.cloud.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What jsii made of the model, now or in an earlier run.
 *
 * @param templates by name: the JSON, the stack in the assembly, the assembly's version
 * @param manifests by component: the documents
 * @param emitted what was not in the cache
 */
record Emission(
    SortedMap<String, ObjectNode> templates,
    SortedMap<String, ArrayNode> manifests,
    List<String> emitted) {

  JsonNode template(Template facts) {
    return entry(facts).required("template");
  }

  JsonNode artifact(Template facts) {
    return entry(facts).required("artifact");
  }

  String assemblyVersion(Template facts) {
    return entry(facts).required("version").textValue();
  }

  List<JsonNode> manifest(Part part) {
    var documents = new ArrayList<JsonNode>();
    Objects.requireNonNull(manifests.get(part.name())).forEach(documents::add);
    return documents;
  }

  private ObjectNode entry(Template facts) {
    return Objects.requireNonNull(templates.get(facts.name()));
  }
}
