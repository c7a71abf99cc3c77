package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.kubernetes.Inventory.Owned;
import dev.fairway.deploy.kubernetes.PrunePlan.Leftover;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Takes from a cluster exactly what the inventory owns and the release does not have. */
public final class Prune {
  /** What keeps what nobody can make again, or is the ground under everything of its kind. */
  private static final Set<String> KEEPERS =
      Set.of(
          "Namespace",
          "CustomResourceDefinition.apiextensions.k8s.io",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "StorageClass.storage.k8s.io");

  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration ONE_OBJECT = Duration.ofMinutes(5);
  private static final String STEP = "prune";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private final ClusterApi api;
  private final Guard guard;

  public Prune(ClusterApi api, Guard guard) {
    this.api = api;
    this.guard = guard;
  }

  /** What would go; changes nothing. What is gone already is not in it. */
  public Outcome<PrunePlan> plan(Owned owned, Manifests manifests, Deadline deadline) {
    return Outcomes.all(Parallel.map(gone(owned, manifests), ref -> live(ref, deadline)))
        .map(Prune::plan);
  }

  /** The same of one that the release does not have. */
  Outcome<PrunePlan> plan(ObjectRef ref, Deadline deadline) {
    return live(ref, deadline).map(found -> plan(List.of(found)));
  }

  /** What the release does not have of what is owned, whether it is still there or not. */
  static List<ObjectRef> gone(Owned owned, Manifests manifests) {
    var kept = manifests.identities();
    return owned.objects().stream().filter(ref -> !kept.contains(ref.identity())).toList();
  }

  private record Found(ObjectRef ref, Optional<JsonNode> live) {}

  private Outcome<Found> live(ObjectRef ref, Deadline deadline) {
    return api.kinds(deadline)
        .then(kinds ->
            kinds
                .current(ref)
                .flatMap(current -> kinds.path(current).map(path -> live(current, path, deadline)))
                .orElseGet(() -> unserved(ref, deadline)));
  }

  /** Gone with its kind, unless the kind is defined and only not served yet. */
  private Outcome<Found> unserved(ObjectRef ref, Deadline deadline) {
    return api.ask(Request.get(DEFINITIONS), deadline, "read what is defined")
        .then(list ->
            StreamSupport.stream(list.path("items").spliterator(), false)
                    .anyMatch(definition -> defines(definition, ref))
                ? Outcomes.<Found>error(
                    Diagnostic.general(
                        Code.NOT_ESTABLISHED,
                        "%s is to be deleted, and its kind is defined but not served"
                            .formatted(ref),
                        "look at the conditions of its CustomResourceDefinition, and deploy again"))
                : Outcome.of(new Found(ref, Optional.empty())));
  }

  private static boolean defines(JsonNode definition, ObjectRef ref) {
    return definition.at("/spec/group").asText().equals(ref.group())
        && definition.at("/spec/names/kind").asText().equals(ref.kind());
  }

  private Outcome<Found> live(ObjectRef ref, String path, Deadline deadline) {
    return switch (api.send(Request.get(path), deadline)) {
      case Answer.Done(int _, var body) -> Outcome.of(new Found(ref, Optional.of(body)));
      case Answer.Refused refused when refused.isMissing() ->
          Outcome.of(new Found(ref, Optional.empty()));
      case Answer answer -> Outcomes.error(Refusals.of(api, "read " + ref, answer));
    };
  }

  private static PrunePlan plan(List<Found> found) {
    var leftovers = new ArrayList<Leftover>();
    var strangers = new ArrayList<ObjectRef>();
    for (var object : found) {
      object
          .live()
          .ifPresent(live -> {
            if (ApplySet.isMember(live)) {
              leftovers.add(new Leftover(object.ref(), holdsData(object.ref(), live)));
            } else {
              strangers.add(object.ref());
            }
          });
    }
    leftovers.sort(Comparator.comparingInt(leftover -> turn(leftover.ref())));
    return new PrunePlan(leftovers, strangers);
  }

  private static int turn(ObjectRef ref) {
    return Wave.PRUNING.indexOf(Wave.of(ref));
  }

  private static boolean holdsData(ObjectRef ref, JsonNode live) {
    return KEEPERS.contains(ref.groupKind())
        || (ref.is("apps", "StatefulSet") && !live.at("/spec/volumeClaimTemplates").isEmpty());
  }

  /**
   * Deletes wave by wave and waits until all of it is gone.
   *
   * @return what was deleted; warnings: what is somebody else's by now
   */
  public Outcome<List<ObjectRef>> run(PrunePlan plan, Deadline deadline, Listener listener) {
    var done = Outcome.unlessErrors(strangers(plan.strangers()), () -> List.<ObjectRef>of());
    for (var wave : Wave.PRUNING) {
      var refs = plan.deleted().stream().filter(ref -> Wave.of(ref) == wave).toList();
      done =
          done.then(before ->
              Outcomes.all(Parallel.map(refs, ref -> gone(ref, deadline, listener)))
                  .map(now -> join(before, now)));
    }
    return done;
  }

  private static List<ObjectRef> join(List<ObjectRef> before, List<Optional<ObjectRef>> now) {
    var all = new ArrayList<>(before);
    now.forEach(ref -> ref.ifPresent(all::add));
    return all;
  }

  private static Diagnostics strangers(List<ObjectRef> refs) {
    return new Diagnostics(refs.stream().map(Prune::stranger).toList());
  }

  private static Diagnostic stranger(ObjectRef ref) {
    return Diagnostic.general(
        Code.LEFT_ALONE,
        ref + " is not in the release any more, but it lost Fairway's label: it is left alone",
        "delete it by hand when nobody needs it: kubectl delete " + ref.kubectl());
  }

  private Outcome<Optional<ObjectRef>> gone(ObjectRef ref, Deadline deadline, Listener listener) {
    return deadline
        .within(ONE_OBJECT)
        .poll(PAUSE, () -> step(ref, deadline, listener))
        .orElseGet(() ->
            live(ref, deadline)
                .then(found -> found.live().map(Prune::stuck).orElse(Outcome.of(ref)))
                .map(Optional::of));
  }

  /** One look, and the deletion when it was not asked for yet; empty: look again. */
  private Optional<Outcome<Optional<ObjectRef>>> step(
      ObjectRef ref, Deadline deadline, Listener listener) {
    var found = live(ref, deadline);
    if (found.value().isEmpty()) {
      return Optional.of(Outcomes.error(found.diagnostics()));
    }
    var live = found.value().get().live();
    if (live.isEmpty()) {
      listener.told(new Event.Item(STEP, ref.toString(), "deleted"));
      return Optional.of(Outcome.of(Optional.of(ref)));
    }
    if (!ApplySet.isMember(live.get())) {
      return Optional.of(new Outcome<>(Optional.of(Optional.empty()), strangers(List.of(ref))));
    }
    return isGoing(live.get())
        ? Optional.empty()
        : delete(ref, live.get(), deadline).map(Outcomes::error);
  }

  private static boolean isGoing(JsonNode live) {
    return live.path("metadata").has("deletionTimestamp");
  }

  /** Deletes the very state that was looked at: what somebody took over since then stays. */
  private Optional<Diagnostic> delete(ObjectRef ref, JsonNode live, Deadline deadline) {
    var path = api.kinds(deadline).value().flatMap(kinds -> kinds.path(ref)).orElseThrow();
    return switch (api.send(Request.delete(path, options(live)), deadline, guard)) {
      case Answer.Done _ -> Optional.empty();
      case Answer.Refused refused when refused.isMissing() || refused.isOutdated() ->
          Optional.empty();
      case Answer answer -> Optional.of(Refusals.of(api, "delete " + ref, answer));
    };
  }

  private static ObjectNode options(JsonNode live) {
    var options = JsonNodeFactory.instance.objectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Background");
    options
        .putObject("preconditions")
        .put("uid", live.at("/metadata/uid").asText())
        .put("resourceVersion", live.at("/metadata/resourceVersion").asText());
    return options;
  }

  private static Outcome<ObjectRef> stuck(JsonNode live) {
    var ref = Manifest.ref(live);
    var holders = new ArrayList<String>();
    live.at("/metadata/finalizers").forEach(finalizer -> holders.add(finalizer.asText()));
    live.at("/spec/finalizers").forEach(finalizer -> holders.add(finalizer.asText()));
    var why =
        StreamSupport.stream(live.at("/status/conditions").spliterator(), false)
            .filter(condition -> condition.path("status").asText().equals("True"))
            .map(condition -> "; " + condition.path("message").asText())
            .collect(Collectors.joining());
    return Outcomes.error(
        Diagnostic.general(
            Code.STUCK_DELETION,
            "%s does not go away: %s"
                .formatted(
                    ref,
                    holders.isEmpty()
                        ? "it was deleted, and is there again or still"
                        : "it waits for " + String.join(", ", holders) + why),
            "let whoever set the finalizers do their work, and run the deploy again: kubectl get "
                + ref.kubectl()
                + " -o yaml"));
  }
}
