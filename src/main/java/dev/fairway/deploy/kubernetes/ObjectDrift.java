package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a cluster's objects differ from a release, in the fields that are Fairway's only. The
 * server is asked what an apply by force would change, without doing it; tools/access/reader.yaml
 * has the rights that this takes.
 */
public final class ObjectDrift {
  private static final String ADMISSION = "admissionregistration.k8s.io";

  private final ClusterApi api;

  public ObjectDrift(ClusterApi api) {
    this.api = api;
  }

  /** In apply order, and then what no release has any more. */
  public Outcome<List<ObjectDifference>> of(Manifests manifests, Deadline deadline) {
    return api.freshKinds(deadline)
        .then(kinds ->
            fields(manifests, kinds, deadline)
                .then(differences ->
                    leftovers(manifests, deadline)
                        .map(leftovers ->
                            Stream.of(differences, leftovers).flatMap(List::stream).toList())));
  }

  private Outcome<List<ObjectDifference>> fields(
      Manifests manifests, Kinds kinds, Deadline deadline) {
    var compared = manifests.all().stream().filter(it -> !isFilledOnTheCluster(it)).toList();
    return Outcomes.all(Parallel.map(compared, manifest -> fields(manifest, kinds, deadline)))
        .map(found -> found.stream().flatMap(List::stream).toList());
  }

  /** A Secret in which a release has nothing holds what was made there: it is left alone. */
  private static boolean isFilledOnTheCluster(Manifest manifest) {
    return manifest.ref().is("", "Secret")
        && !manifest.object().has("data")
        && !manifest.object().has("stringData");
  }

  private Outcome<List<ObjectDifference>> fields(
      Manifest manifest, Kinds kinds, Deadline deadline) {
    var ref = manifest.ref();
    var path = kinds.path(ref);
    if (path.isEmpty()) {
      return Outcome.of(List.of(new ObjectDifference.Missing(ref)));
    }
    return DryRun.live(api, manifest, path.get(), deadline)
        .then(live ->
            live.isMissingNode()
                ? Outcome.of(List.of(new ObjectDifference.Missing(ref)))
                : tried(manifest, path.get(), live, deadline).map(run -> differences(ref, run)));
  }

  /**
   * Admission's own kinds are compared here. Who may only try is held to that by a policy of
   * admission; and none holds for them, so whoever may try those may lift it. Nor would the server
   * tell all: it keeps a condition that others add beside ours, with which nothing is refused.
   */
  private Outcome<DryRun> tried(Manifest manifest, String path, JsonNode live, Deadline deadline) {
    return live instanceof ObjectNode object && manifest.ref().group().equals(ADMISSION)
        ? Outcome.of(new DryRun(live, Overlay.of(object, ApplySet.member(manifest))))
        : DryRun.of(api, manifest, path, true, deadline);
  }

  private static List<ObjectDifference> differences(ObjectRef ref, DryRun run) {
    if (run.isNew()) {
      return List.of(new ObjectDifference.Missing(ref));
    }
    var holders = FieldHolders.of(run.live());
    return Fields.differing(run.live(), run.applied()).stream()
        .<ObjectDifference>map(path ->
            new ObjectDifference.Field(
                ref,
                path,
                ShownValue.of(ref, path, FieldPath.value(run.applied(), path)),
                ShownValue.of(ref, path, FieldPath.value(run.live(), path)),
                holders.holder(path)))
        .toList();
  }

  private Outcome<List<ObjectDifference>> leftovers(Manifests manifests, Deadline deadline) {
    return new Inventory(api, Guard.NONE)
        .read(deadline)
        .then(owned ->
            Outcomes.all(
                Parallel.map(Prune.gone(owned, manifests), ref -> leftover(ref, deadline))))
        .map(found -> found.stream().flatMap(Optional::stream).toList());
  }

  /** Rights are those to what a release has now: of what it no longer has there may be none. */
  private Outcome<Optional<ObjectDifference>> leftover(ObjectRef ref, Deadline deadline) {
    var plan = new Prune(api, Guard.NONE).plan(ref, deadline);
    var refusal =
        plan.diagnostics().all().stream()
            .filter(it -> it.code() == Code.API_FORBIDDEN)
            .map(Diagnostic::message)
            .findFirst();
    return refusal.isPresent()
        ? Outcome.of(refusal.map(why -> new ObjectDifference.Unread(ref, why)))
        : plan.map(it -> it.deleted().stream().findFirst().map(ObjectDifference.Leftover::new));
  }
}
