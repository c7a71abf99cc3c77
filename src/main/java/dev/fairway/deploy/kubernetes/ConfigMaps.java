package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.util.Optional;

/** What Fairway keeps of its own in the cluster, each written by one deploy at a time. */
record ConfigMaps(ClusterApi api) {
  private static final String QUERY = "?fieldManager=" + ApplySet.FIELD_MANAGER;

  /** Of kinds that every server has, the path needs no discovery. */
  static String collection(ObjectRef ref) {
    return "/api/v1/namespaces/" + ref.namespace().orElseThrow() + "/configmaps";
  }

  static String path(ObjectRef ref) {
    return collection(ref) + "/" + ref.name();
  }

  Outcome<Optional<ObjectNode>> read(ObjectRef ref, Deadline deadline) {
    return switch (api.send(Request.get(path(ref)), deadline)) {
      case Answer.Done(int _, ObjectNode body) -> Outcome.of(Optional.of(body));
      case Answer.Refused refused when refused.isMissing() -> Outcome.of(Optional.empty());
      case Answer answer -> Outcomes.error(Refusals.of(api, "read " + ref, answer));
    };
  }

  /**
   * Creates it, or replaces that of which it is a changed copy.
   *
   * @param map with the resourceVersion that was read, without one to create it
   */
  Outcome<ObjectNode> write(ObjectRef ref, ObjectNode map, Deadline deadline, Guard guard) {
    var isNew = !map.path("metadata").has("resourceVersion");
    map.put("apiVersion", ref.apiVersion()).put("kind", ref.kind());
    map.withObjectProperty("metadata")
        .put("name", ref.name())
        .put("namespace", ref.namespace().orElseThrow());
    var request =
        isNew ? Request.post(collection(ref) + QUERY, map) : Request.put(path(ref) + QUERY, map);
    return switch (api.send(request, deadline, guard)) {
      case Answer.Done(int _, ObjectNode body) -> Outcome.of(body);
      case Answer.Refused refused when refused.isOutdated() -> overtaken(ref, map, deadline);
      case Answer answer -> Outcomes.error(Refusals.of(api, "write " + ref, answer));
    };
  }

  /** An answer that got lost on its way looks like a write of somebody else: it is read again. */
  private Outcome<ObjectNode> overtaken(ObjectRef ref, ObjectNode wanted, Deadline deadline) {
    return read(ref, deadline)
        .then(found ->
            found.filter(map -> isSame(map, wanted)).isPresent()
                ? Outcome.of(found.get())
                : Outcomes.error(
                    Diagnostic.general(
                        Code.API_FAILURE,
                        "%s on %s was changed by somebody else meanwhile"
                            .formatted(ref, api.server()),
                        "run the deploy again; nobody but deploys writes this ConfigMap")));
  }

  private static boolean isSame(JsonNode found, JsonNode wanted) {
    return Fields.differing(wanted, found).isEmpty();
  }
}
