package dev.fairway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.release.CanonicalJson;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * An object of the API without what tells when and how often it was written: two clusters in the
 * same state have equal texts.
 */
final class Canonical {
  /** Given by the API server or by controllers to each object, or counted up by each change. */
  private static final Set<String> HISTORY =
      Set.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "observedGeneration",
          "collisionCount",
          "time",
          "lastTransitionTime",
          "lastUpdateTime",
          "lastProbeTime",
          "deployment.kubernetes.io/revision",
          "deprecated.daemonset.template.generation");

  /** Chosen by chance among those that are free. */
  private static final Set<String> CHANCE =
      Set.of("clusterIP", "clusterIPs", "nodePort", "healthCheckNodePort");

  /** Tells what happened last, which is not what there is. */
  private static final Set<String> NEWS = Set.of("message", "reason");

  /** Of the record of a deploy: who did it, when, and what was left to do. */
  private static final Set<String> OF_THE_RUN = Set.of("by", "started", "ended", "changes");

  private static final String FIELD_MANAGER = "fairway";

  private Canonical() {}

  static String of(JsonNode object) {
    var copy = object.deepCopy();
    if (copy instanceof ObjectNode fields) {
      onlyOurFields(fields);
      without(fields, HISTORY);
      without(fields.path("spec"), CHANCE);
      without(fields.path("status"), NEWS);
      if (fields.at("/metadata/name").asText().equals("fairway-deploy-record")) {
        without(fields.path("data"), OF_THE_RUN);
      }
    }
    return CanonicalJson.text(copy);
  }

  private static void onlyOurFields(ObjectNode object) {
    if (object.path("metadata").path("managedFields") instanceof ArrayNode managers) {
      var ours =
          StreamSupport.stream(managers.spliterator(), false)
              .filter(entry -> entry.path("manager").asText().equals(FIELD_MANAGER))
              .toList();
      managers.removeAll().addAll(ours);
    }
  }

  private static void without(JsonNode node, Set<String> names) {
    if (node instanceof ObjectNode fields) {
      fields.remove(names);
    }
    node.forEach(child -> without(child, names));
  }
}
