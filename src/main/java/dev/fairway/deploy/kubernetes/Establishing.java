package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits until namespaces can be filled, and kinds are served. */
record Establishing(ClusterApi api, Manifests manifests, Deadline deadline) {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Asks nothing when nothing changed and all that is needed was served before. */
  Outcome<List<ObjectChange>> await(List<ObjectChange> done) {
    return api.kinds(deadline)
        .then(kinds ->
            done.stream().noneMatch(ObjectChange::isChange) && missing(kinds).isEmpty()
                ? Outcome.of(done)
                : established().then(_ -> served()).map(_ -> done));
  }

  private Outcome<List<ObjectRef>> established() {
    return Outcomes.all(
        Parallel.map(manifests.of(Wave.FOUNDATIONS), manifest -> established(manifest.ref())));
  }

  private Outcome<ObjectRef> established(ObjectRef ref) {
    var path = api.kinds(deadline).map(kinds -> kinds.path(ref).orElseThrow());
    return path.then(where ->
        deadline
            .within(LIMIT)
            .poll(PAUSE, () -> answer(ref, api.send(Request.get(where), deadline)))
            .orElseGet(() -> Outcomes.error(notYet(ref, "it did not get usable in time"))));
  }

  private Optional<Outcome<ObjectRef>> answer(ObjectRef ref, Answer answer) {
    return switch (answer) {
      case Answer.Done(int _, var object) when isUsable(ref, object) ->
          Optional.of(Outcome.of(ref));
      case Answer.Done(int _, var object) when status(object, "NamesAccepted").equals("False") ->
          Optional.of(Outcomes.error(notYet(ref, message(object, "NamesAccepted"))));
      case Answer.Done _ -> Optional.empty();
      case Answer refused -> Optional.of(Outcomes.error(Refusals.of(api, "read " + ref, refused)));
    };
  }

  private static boolean isUsable(ObjectRef ref, JsonNode object) {
    return ref.kind().equals("Namespace")
        ? object.at("/status/phase").asText().equals("Active")
        : status(object, "Established").equals("True");
  }

  private static String status(JsonNode object, String type) {
    return Conditions.of(object, type).path("status").asText("");
  }

  private static String message(JsonNode object, String type) {
    return Conditions.of(object, type).path("message").asText();
  }

  private static Diagnostic notYet(ObjectRef ref, String why) {
    return Diagnostic.general(
        Code.NOT_ESTABLISHED,
        ref + " is not usable: " + why,
        "look at its status: kubectl get " + ref.kubectl() + " -o yaml");
  }

  /** An established kind takes a moment until it is in the server's own list. */
  private Outcome<Kinds> served() {
    return deadline
        .within(LIMIT)
        .poll(
            PAUSE,
            () ->
                Optional.of(api.freshKinds(deadline))
                    .filter(
                        kinds -> kinds.value().map(this::missing).map(List::isEmpty).orElse(true)))
        .orElseGet(() -> api.freshKinds(deadline));
  }

  /** What stays missing is told of each object that needs it. */
  private List<ObjectRef> missing(Kinds kinds) {
    return manifests.all().stream()
        .map(Manifest::ref)
        .filter(ref -> !kinds.has(ref) && manifests.definitionOf(ref).isPresent())
        .toList();
  }
}
