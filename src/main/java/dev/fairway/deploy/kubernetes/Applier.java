package dev.fairway.deploy.kubernetes;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a release's objects to a cluster by server-side apply: as field manager {@code fairway},
 * never by force, and with nothing unknown let through.
 */
public final class Applier {
  /** Where a changed definition is not in force yet, its objects are refused for a moment. */
  private static final Duration SPREADING = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final String STEP = "manifests";

  private final ClusterApi api;
  private final Guard guard;

  public Applier(ClusterApi api, Guard guard) {
    this.api = api;
    this.guard = guard;
  }

  /**
   * What applying comes to, in apply order; nothing is changed. An object that can't be tried
   * before its namespace or definition is there counts as created.
   */
  public Outcome<List<ObjectChange>> plan(Manifests manifests, Deadline deadline) {
    return api.freshKinds(deadline)
        .then(kinds -> new Planning(api, manifests, kinds, deadline).all());
  }

  /**
   * Applies wave by wave, and stops behind a wave in which something went wrong.
   *
   * @param planned by {@link #plan}: what was found unchanged moments ago is not sent again
   * @return what was done, in apply order
   */
  public Outcome<List<ObjectChange>> apply(
      Manifests manifests, List<ObjectChange> planned, Deadline deadline, Listener listener) {
    var plan = planned.stream().collect(toUnmodifiableMap(ObjectChange::ref, change -> change));
    var done = Outcome.<List<ObjectChange>>of(List.of());
    for (var wave : Wave.values()) {
      done =
          done.then(before ->
              wave(manifests, wave, plan, deadline, listener).map(now -> join(before, now)));
    }
    return done;
  }

  private Outcome<List<ObjectChange>> wave(
      Manifests manifests,
      Wave wave,
      Map<ObjectRef, ObjectChange> plan,
      Deadline deadline,
      Listener listener) {
    var objects = manifests.of(wave);
    var changes =
        api.kinds(deadline)
            .then(kinds ->
                Outcomes.all(
                    Parallel.map(
                        objects,
                        manifest -> {
                          var planned = Optional.ofNullable(plan.get(manifest.ref()));
                          var isPatient = definitionChanges(manifests, manifest, plan);
                          return applied(manifest, planned, isPatient, kinds, deadline, listener);
                        })));
    return wave == Wave.FOUNDATIONS
        ? changes.then(done -> new Establishing(api, manifests, deadline).await(done))
        : changes;
  }

  private static boolean definitionChanges(
      Manifests manifests, Manifest manifest, Map<ObjectRef, ObjectChange> plan) {
    return manifests
        .definitionOf(manifest.ref())
        .map(definition -> plan.get(definition.ref()))
        .filter(ObjectChange::isChange)
        .isPresent();
  }

  private Outcome<ObjectChange> applied(
      Manifest manifest,
      Optional<ObjectChange> planned,
      boolean isPatient,
      Kinds kinds,
      Deadline deadline,
      Listener listener) {
    if (planned.isPresent() && !planned.get().isChange()) {
      return Outcome.of(planned.get());
    }
    var change =
        Planning.path(kinds, manifest)
            .then(path -> sent(manifest, path, planned, isPatient, deadline));
    change
        .value()
        .ifPresent(done ->
            listener.told(
                new Event.Item(
                    STEP, done.ref().toString(), done.kind().name().toLowerCase(Locale.ROOT))));
    return change;
  }

  private Outcome<ObjectChange> sent(
      Manifest manifest,
      String path,
      Optional<ObjectChange> planned,
      boolean isPatient,
      Deadline deadline) {
    var request = Request.apply(path + DryRun.query(false), ApplySet.member(manifest));
    var limit = deadline.within(isPatient ? SPREADING : Duration.ZERO);
    var answer =
        limit
            .poll(
                PAUSE,
                () ->
                    Optional.of(api.send(request, deadline, guard))
                        .filter(found -> !isPatient || !isJudgedTooEarly(found)))
            .orElseGet(() -> api.send(request, deadline, guard));
    return switch (answer) {
      case Answer.Done(int status, var _) ->
          Outcome.of(
              status == 201
                  ? ObjectChange.created(manifest.ref())
                  : new ObjectChange(
                      manifest.ref(),
                      ObjectChange.Kind.CHANGED,
                      planned.map(ObjectChange::fields).orElse(List.of())));
      case Answer refused ->
          Outcomes.error(ObjectRefusals.of(api, manifest, live(path, deadline), refused));
    };
  }

  private static boolean isJudgedTooEarly(Answer answer) {
    return answer instanceof Answer.Refused refused && !refused.isOutdated();
  }

  /** To say what others hold; a missing node when that can't be had. */
  private JsonNode live(String path, Deadline deadline) {
    return api.send(Request.get(path), deadline) instanceof Answer.Done(int _, var body)
        ? body
        : MissingNode.getInstance();
  }

  private static List<ObjectChange> join(List<ObjectChange> first, List<ObjectChange> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
