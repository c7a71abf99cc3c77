package dev.fairway.deploy.kubernetes;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Asks the server what each object would become, without changing any. */
record Planning(ClusterApi api, Manifests manifests, Kinds kinds, Deadline deadline) {

  Outcome<List<ObjectChange>> all() {
    var foundations = Parallel.map(manifests.of(Wave.FOUNDATIONS), this::judged);
    var coming = coming(foundations);
    var rest =
        Parallel.map(
            manifests.all().stream()
                .filter(manifest -> manifest.wave() != Wave.FOUNDATIONS)
                .toList(),
            manifest -> judged(manifest, coming));
    return Outcomes.all(Stream.concat(foundations.stream(), rest.stream()).toList());
  }

  private static Map<ObjectRef, ObjectChange> coming(List<Outcome<ObjectChange>> foundations) {
    return foundations.stream()
        .flatMap(outcome -> outcome.value().stream())
        .filter(ObjectChange::isChange)
        .collect(toUnmodifiableMap(ObjectChange::ref, change -> change));
  }

  /** What needs a foundation that is not there yet can't be tried before it is. */
  private Outcome<ObjectChange> judged(Manifest manifest, Map<ObjectRef, ObjectChange> coming) {
    var ref = manifest.ref();
    var definition = manifests.definitionOf(ref).map(Manifest::ref);
    var isAhead =
        (definition.isPresent() && !kinds.has(ref))
            || ref.namespace()
                .map(Planning::namespace)
                .filter(ours -> isNew(ours, coming))
                .isPresent();
    if (isAhead) {
      return Outcome.of(ObjectChange.created(ref));
    }
    var judged = judged(manifest);
    return judged.value().isEmpty() && definition.filter(coming::containsKey).isPresent()
        ? Outcome.of(new ObjectChange(ref, ObjectChange.Kind.CHANGED, List.of()))
        : judged;
  }

  private static ObjectRef namespace(String name) {
    return ObjectRef.ofCluster("v1", "Namespace", name);
  }

  private static boolean isNew(ObjectRef ref, Map<ObjectRef, ObjectChange> coming) {
    return coming.containsKey(ref) && coming.get(ref).kind() == ObjectChange.Kind.CREATED;
  }

  private Outcome<ObjectChange> judged(Manifest manifest) {
    return path(kinds, manifest)
        .then(path -> DryRun.of(api, manifest, path, false, deadline))
        .map(run -> run.change(manifest.ref()));
  }

  /** Where the object is, or why it can't be anywhere. */
  static Outcome<String> path(Kinds kinds, Manifest manifest) {
    var ref = manifest.ref();
    var resource = kinds.resource(ref);
    if (resource.isEmpty()) {
      return Outcomes.error(
          Diagnostic.general(
              Code.UNKNOWN_KIND,
              "%s (%s): the cluster serves no %s of %s"
                  .formatted(ref, manifest.file(), ref.kind(), ref.apiVersion()),
              "ship its CustomResourceDefinition in the same release, or name a version that the"
                  + " cluster serves: kubectl api-resources lists them"));
    }
    if (resource.get().namespaced() != ref.namespace().isPresent()) {
      return Outcomes.error(
          Diagnostic.general(
              Code.OBJECT_REFUSED,
              "%s (%s): its kind is %s a namespace"
                  .formatted(ref, manifest.file(), resource.get().namespaced() ? "of" : "not of"),
              "set metadata.namespace where a kind has one, and nowhere else"));
    }
    return Outcome.of(kinds.path(ref).orElseThrow());
  }
}
