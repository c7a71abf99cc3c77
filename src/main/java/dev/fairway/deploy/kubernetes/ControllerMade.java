package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.deploy.kubernetes.Contents.Survey;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The objects for which controllers made load balancers and volumes. They are deleted while the
 * controllers still run, for those know best what belongs to an object. Namespaces stay: an API
 * that nothing serves any more would keep them for ever.
 */
final class ControllerMade {
  /** After this what is left is left to the tags: a controller that is broken never lets go. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final String STEP = "controllers";
  private static final Listed SERVICES = new Listed("v1", "Service", "services");
  private static final Listed INGRESSES =
      new Listed("networking.k8s.io/v1", "Ingress", "ingresses");
  private static final Listed CLAIMS =
      new Listed("v1", "PersistentVolumeClaim", "persistentvolumeclaims");
  private static final Listed VOLUMES = new Listed("v1", "PersistentVolume", "persistentvolumes");

  /** A webhook whose pods are ended first would refuse whatever comes after. */
  private static final List<Listed> WEBHOOKS =
      Stream.of("Validating", "Mutating")
          .map(kind ->
              new Listed(
                  "admissionregistration.k8s.io/v1",
                  kind + "WebhookConfiguration",
                  kind.toLowerCase(java.util.Locale.ROOT) + "webhookconfigurations"))
          .toList();

  private final ClusterApi api;
  private final Inside inside;
  private final Guard guard;
  private final Duration pause;
  private final Listener listener;

  /** The API must have been proven to be the cluster's. */
  ControllerMade(ClusterApi api, Guard guard, Listener listener) {
    this(api, guard, Duration.ofSeconds(2), listener);
  }

  ControllerMade(ClusterApi api, Guard guard, Duration pause, Listener listener) {
    this.api = api;
    this.guard = guard;
    this.inside = new Inside(api, guard);
    this.pause = pause;
    this.listener = listener;
  }

  /** Changes nothing. */
  Outcome<Survey> survey(Deadline deadline) {
    return inside
        .list(VOLUMES, deadline)
        .then(volumes -> doomed(volumes, deadline).map(doomed -> survey(doomed, volumes)));
  }

  private static Survey survey(List<Doomed> doomed, List<JsonNode> volumes) {
    var byId = new TreeMap<String, Boolean>();
    volumes.forEach(volume ->
        PersistentVolume.idInEc2(volume)
            .ifPresent(id -> byId.put(id, PersistentVolume.isKept(volume))));
    return new Survey(doomed.stream().map(Doomed::ref).toList(), byId);
  }

  /** An object that is to go before its cluster. */
  private record Doomed(Listed kind, JsonNode object) {
    ObjectRef ref() {
      return kind.ref(object);
    }
  }

  private Outcome<List<Doomed>> doomed(List<JsonNode> volumes, Deadline deadline) {
    var kept = new HashSet<String>();
    volumes.stream()
        .filter(PersistentVolume::isKept)
        .forEach(volume -> kept.add(volume.at("/metadata/name").asText()));
    return Outcomes.all(
            List.of(
                doomed(SERVICES, deadline)
                    .map(all -> all.stream().filter(one -> isBalanced(one.object())).toList()),
                doomed(INGRESSES, deadline),
                doomed(CLAIMS, deadline)
                    .map(
                        all -> all.stream().filter(one -> !isOfKept(one.object(), kept)).toList())))
        .map(lists -> lists.stream().flatMap(List::stream).toList());
  }

  private Outcome<List<Doomed>> doomed(Listed kind, Deadline deadline) {
    return inside
        .list(kind, deadline)
        .map(objects -> objects.stream().map(object -> new Doomed(kind, object)).toList());
  }

  private static boolean isBalanced(JsonNode service) {
    return service.at("/spec/type").asText().equals("LoadBalancer");
  }

  private static boolean isOfKept(JsonNode claim, Set<String> kept) {
    return kept.contains(claim.at("/spec/volumeName").asText());
  }

  /** As {@link Contents#clear} has it. */
  Outcome<List<ObjectRef>> clear(Deadline deadline) {
    var patience = deadline.within(PATIENCE);
    var rounds = new Rounds(patience);
    var done = patience.poll(pause, rounds::next);
    return done.orElseGet(rounds::unfinished);
  }

  /** Round after round, for whoever makes an object anew has to be ended as well. */
  private final class Rounds {
    private final Deadline deadline;
    private final Set<ObjectRef> seen = new TreeSet<>();
    private final Set<ObjectRef> left = new TreeSet<>();
    private Diagnostics refusals = Diagnostics.NONE;

    Rounds(Deadline deadline) {
      this.deadline = deadline;
    }

    Optional<Outcome<List<ObjectRef>>> next() {
      var objection = guard.objection();
      if (objection.isPresent()) {
        return Optional.of(Outcomes.error(objection.get()));
      }
      var stopped = stopWorkloads();
      var outcome = stopped.then(refused -> round().map(more -> refused.plus(more)));
      if (outcome.value().isEmpty()) {
        return Optional.of(Outcomes.error(outcome.diagnostics()));
      }
      refusals = outcome.value().get();
      return left.isEmpty() ? Optional.of(Outcome.of(List.copyOf(seen))) : Optional.empty();
    }

    /** What is refused now may be granted in the next round, so it is only remembered. */
    private Outcome<Diagnostics> stopWorkloads() {
      var refused = new Diagnostics.Collector();
      for (var kind : concat(WEBHOOKS, Workloads.KINDS)) {
        var listed = inside.list(kind, deadline);
        if (listed.value().isEmpty()) {
          return Outcomes.error(listed.diagnostics());
        }
        var inTheWay = listed.value().get().stream().filter(ControllerMade::isInTheWay).toList();
        refused.addAll(inside.delete(kind, inTheWay, deadline));
      }
      return Outcome.of(refused.diagnostics());
    }

    private Outcome<Diagnostics> round() {
      return inside
          .list(VOLUMES, deadline)
          .then(volumes ->
              doomed(volumes, deadline)
                  .map(doomed -> {
                    tell(doomed, volumes);
                    var refused = new Diagnostics.Collector();
                    for (var kind : List.of(SERVICES, INGRESSES, CLAIMS)) {
                      refused.addAll(inside.delete(kind, of(kind, doomed), deadline));
                    }
                    return refused.diagnostics();
                  }));
    }

    private void tell(List<Doomed> doomed, List<JsonNode> volumes) {
      var now = new TreeSet<ObjectRef>();
      doomed.forEach(one -> now.add(one.ref()));
      // A claim goes at once; its volume goes when the driver has deleted it.
      volumes.stream()
          .filter(PersistentVolume::isGoing)
          .forEach(volume -> now.add(VOLUMES.ref(volume)));
      now.stream().filter(seen::add).forEach(ref -> item(ref, "deleting"));
      left.stream().filter(ref -> !now.contains(ref)).forEach(ref -> item(ref, "deleted"));
      left.clear();
      left.addAll(now);
    }

    private void item(ObjectRef ref, String state) {
      listener.told(new Event.Item(STEP, ref.toString(), state));
    }

    Outcome<List<ObjectRef>> unfinished() {
      var gone = seen.stream().filter(ref -> !left.contains(ref)).toList();
      return new Outcome<>(Optional.of(gone), Diagnostics.of(remain()));
    }

    private Diagnostic remain() {
      var why =
          refusals.all().stream().findFirst().map(refusal -> ": " + refusal.message()).orElse("");
      return Diagnostic.general(
          Code.OBJECTS_REMAIN,
          "%d objects of %s do not go, the first is %s%s"
              .formatted(left.size(), api.server(), left.iterator().next(), why),
          "nothing need be done: what they stand for in AWS is looked for by its tags");
    }
  }

  private static List<JsonNode> of(Listed kind, List<Doomed> doomed) {
    return doomed.stream().filter(one -> one.kind().equals(kind)).map(Doomed::object).toList();
  }

  private static List<Listed> concat(List<Listed> first, List<Listed> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static boolean isInTheWay(JsonNode object) {
    return object.has("webhooks")
        ? Workloads.elements(object.path("webhooks")).anyMatch(ControllerMade::isOfOthers)
        : Workloads.isInTheWay(object);
  }

  private static boolean isOfOthers(JsonNode webhook) {
    var namespace = webhook.at("/clientConfig/service/namespace").asText(Workloads.SYSTEM);
    return !namespace.equals(Workloads.SYSTEM);
  }
}
