package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Kubernetes objects of two releases, wherever they stand: one that goes from a component to
 * another stays the same object of a cluster.
 */
final class ManifestDiff {
  /** With them goes what they hold. */
  private static final Set<String> PRECIOUS =
      Set.of(
          "CustomResourceDefinition",
          "Namespace",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "StatefulSet");

  private static final Set<String> GRANTING =
      Set.of("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

  /** The API server refuses to change them: {@code Kind field}. */
  private static final Set<String> IMMUTABLE =
      Set.of(
          "ClusterRoleBinding roleRef",
          "DaemonSet spec.selector",
          "Deployment spec.selector",
          "Job spec.selector",
          "Job spec.template",
          "PriorityClass value",
          "RoleBinding roleRef",
          "StatefulSet spec.podManagementPolicy",
          "StatefulSet spec.selector",
          "StatefulSet spec.serviceName",
          "StatefulSet spec.volumeClaimTemplates",
          "StorageClass parameters",
          "StorageClass provisioner",
          "StorageClass reclaimPolicy");

  private ManifestDiff() {}

  /** An object and the file that it stands in. */
  private record Placed(String file, JsonNode object) {}

  /**
   * @param group of the API: a new version of it is the same object
   */
  private record Name(String group, String kind, String namespace, String name)
      implements Comparable<Name> {
    static Name of(JsonNode object) {
      var metadata = object.path("metadata");
      var api = object.path("apiVersion").asText();
      return new Name(
          api.contains("/") ? api.substring(0, api.indexOf('/')) : "",
          object.path("kind").asText(),
          metadata.path("namespace").asText(""),
          metadata.path("name").asText());
    }

    String shown() {
      return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }

    @Override
    public int compareTo(Name other) {
      return toString().compareTo(other.toString());
    }
  }

  static List<Difference> between(Release before, Release after, SortedSet<String> changed) {
    var files = changed.stream().filter(file -> file.startsWith("manifests/")).toList();
    var was = objects(before, files);
    var becomes = objects(after, files);
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    var found = new ArrayList<Difference>();
    for (var name : names) {
      difference(
              name,
              was.getOrDefault(name, new Placed("", MissingNode.getInstance())),
              becomes.getOrDefault(name, new Placed("", MissingNode.getInstance())))
          .ifPresent(found::add);
    }
    return found;
  }

  /** Parsed by several threads: YAML takes its time. */
  private static SortedMap<Name, Placed> objects(Release release, List<String> files) {
    var parsed =
        files.parallelStream()
            .flatMap(file ->
                Trees.yaml(Optional.ofNullable(release.files().get(file))).stream()
                    .map(object -> new Placed(file, object)))
            .toList();
    var objects = new TreeMap<Name, Placed>();
    parsed.forEach(placed -> objects.put(Name.of(placed.object()), placed));
    return objects;
  }

  private static Optional<Difference> difference(Name name, Placed was, Placed becomes) {
    var moved = !was.file().equals(becomes.file());
    if (was.object().equals(becomes.object()) && !moved) {
      return Optional.empty();
    }
    var act = Trees.act(was.object(), becomes.object());
    var file = act == Act.REMOVED ? was.file() : becomes.file();
    var change = Difference.of(Area.MANIFESTS, act, file, name.shown(), name.kind());
    return Optional.of(
        switch (act) {
          case ADDED -> GRANTING.contains(name.kind()) ? change.risking(Risk.WIDER_ACCESS) : change;
          case REMOVED ->
              PRECIOUS.contains(name.kind())
                  ? change.risking(Risk.DATA_LOSS).noting("what it holds goes with it")
                  : change;
          case CHANGED -> changed(change, was, becomes, moved);
        });
  }

  private static Difference changed(Difference change, Placed was, Placed becomes, boolean moved) {
    var fields = new ArrayList<>(FieldChanges.between(was.object(), becomes.object()));
    var judged = change;
    if (moved) {
      fields.add(
          0, new FieldChange("(file)", Optional.of(was.file()), Optional.of(becomes.file())));
      judged = judged.in(List.of(was.file(), becomes.file()));
    }
    var fixed =
        IMMUTABLE.stream()
            .filter(it -> it.startsWith(change.kind() + " "))
            .map(it -> it.substring(change.kind().length() + 1))
            .filter(path -> fields.stream().anyMatch(field -> isWithin(field.path(), path)))
            .sorted()
            .findFirst();
    if (fixed.isPresent()) {
      judged =
          judged
              .risking(Risk.POSSIBLE_REPLACEMENT)
              .noting(fixed.get() + " can't be changed: the object is to be made anew");
    }
    return (grantsMore(change.kind(), fields) ? judged.risking(Risk.WIDER_ACCESS) : judged)
        .with(fields);
  }

  private static boolean isWithin(String field, String path) {
    return field.equals(path) || field.startsWith(path + ".") || field.startsWith(path + "[");
  }

  private static boolean grantsMore(String kind, List<FieldChange> fields) {
    return GRANTING.contains(kind)
        && fields.stream()
            .filter(
                field -> field.path().startsWith("rules") || field.path().startsWith("subjects"))
            .anyMatch(field -> field.becomes().isPresent());
  }
}
