package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Outcome;

/**
 * An object as it is, beside what applying a manifest would make of it: admission, defaults and
 * merging are the server's own.
 *
 * @param live a missing node when there is none yet
 */
record DryRun(JsonNode live, JsonNode applied) {
  private static final int TRIES = 4;

  /**
   * @param force also takes the fields that others hold: shows what is ours to say
   */
  static Outcome<DryRun> of(
      ClusterApi api, Manifest manifest, String path, boolean force, Deadline deadline) {
    var found = once(api, manifest, path, force, deadline);
    for (int tries = 1;
        tries < TRIES && found.value().filter(DryRun::isTorn).isPresent();
        tries++) {
      found = once(api, manifest, path, force, deadline);
    }
    return found;
  }

  private static Outcome<DryRun> once(
      ClusterApi api, Manifest manifest, String path, boolean force, Deadline deadline) {
    return live(api, manifest, path, deadline)
        .then(live -> applied(api, manifest, path, force, deadline, live));
  }

  /** A missing node when there is none. */
  static Outcome<JsonNode> live(ClusterApi api, Manifest manifest, String path, Deadline deadline) {
    return switch (api.send(Request.get(path), deadline)) {
      case Answer.Done(int _, var body) -> Outcome.of(body);
      case Answer.Refused refused when refused.isMissing() -> Outcome.of(MissingNode.getInstance());
      case Answer answer -> Outcomes.error(Refusals.of(api, "read " + manifest.ref(), answer));
    };
  }

  private static Outcome<DryRun> applied(
      ClusterApi api,
      Manifest manifest,
      String path,
      boolean force,
      Deadline deadline,
      JsonNode live) {
    var request = Request.apply(path + query(force) + "&dryRun=All", ApplySet.member(manifest));
    return switch (api.send(request, deadline)) {
      case Answer.Done(int _, var body) -> Outcome.of(new DryRun(live, body));
      case Answer answer -> Outcomes.error(ObjectRefusals.of(api, manifest, live, answer));
    };
  }

  /** What every apply has; unknown and doubled fields are refused. */
  static String query(boolean force) {
    return "?fieldManager=" + ApplySet.FIELD_MANAGER + "&fieldValidation=Strict&force=" + force;
  }

  boolean isNew() {
    return live.isMissingNode();
  }

  /** Somebody wrote between the two questions, and the two are not of one state. */
  private boolean isTorn() {
    return !isNew() && !version(live).equals(version(applied));
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asText();
  }

  ObjectChange change(ObjectRef ref) {
    return isNew()
        ? ObjectChange.created(ref)
        : ObjectChange.of(ref, Fields.changed(live, applied));
  }
}
