package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the API server makes of a change to an object that there is. */
final class ObjectUpdate {
  /** The API server refuses to change them: {@code Kind field}. */
  private static final Set<String> IMMUTABLE =
      Set.of(
          "ClusterRoleBinding roleRef",
          "CustomResourceDefinition spec.names.kind",
          "CustomResourceDefinition spec.scope",
          "DaemonSet spec.selector",
          "Deployment spec.selector",
          "Job spec.selector",
          "Job spec.template",
          "PersistentVolumeClaim spec.accessModes",
          "PersistentVolumeClaim spec.storageClassName",
          "PriorityClass preemptionPolicy",
          "PriorityClass value",
          "RoleBinding roleRef",
          "Secret type",
          "StatefulSet spec.podManagementPolicy",
          "StatefulSet spec.selector",
          "StatefulSet spec.serviceName",
          "StatefulSet spec.volumeClaimTemplates",
          "StorageClass parameters",
          "StorageClass provisioner",
          "StorageClass reclaimPolicy",
          "StorageClass volumeBindingMode");

  private ObjectUpdate() {}

  static Difference judged(Difference change, JsonNode was, JsonNode becomes) {
    var fixed = fixed(change);
    var judged = fixed.map(path -> refused(change, path)).orElse(change);
    return change.kind().equals("CustomResourceDefinition")
        ? versions(judged, was, becomes)
        : judged;
  }

  private static Difference refused(Difference change, String path) {
    return change
        .meeting(Fate.MAY_BE_REPLACED)
        .because(
            Risk.REFUSED, path + " can't be changed: the object is to be deleted and made anew");
  }

  private static Optional<String> fixed(Difference change) {
    var kind = change.kind() + " ";
    // One that is left out is kept.
    var address =
        change.fields().stream()
            .filter(field -> field.becomes().isPresent())
            .map(FieldChange::path)
            .filter(_ -> change.kind().equals("Service"))
            .filter(path -> isWithin(path, "spec.clusterIP") || isWithin(path, "spec.clusterIPs"));
    var immutable =
        IMMUTABLE.stream()
            .filter(it -> it.startsWith(kind))
            .map(it -> it.substring(kind.length()))
            .filter(path -> change.fields().stream().anyMatch(it -> isWithin(it.path(), path)));
    return Stream.concat(address, immutable).sorted().findFirst();
  }

  private static boolean isWithin(String field, String path) {
    return field.equals(path) || field.startsWith(path + ".") || field.startsWith(path + "[");
  }

  /** Versions that are no longer served, and one in which objects are stored. */
  private static Difference versions(Difference change, JsonNode was, JsonNode becomes) {
    var judged = change;
    for (var version : was.path("spec").path("versions")) {
      var name = version.path("name").asText();
      var stays = version(becomes, name);
      if (stays.isEmpty() && version.path("storage").asBoolean()) {
        judged =
            judged.because(
                Risk.REFUSED,
                "objects are stored as %s: the version may go once none is".formatted(name));
      } else if (version.path("served").asBoolean()
          && !stays.map(it -> it.path("served").asBoolean()).orElse(false)) {
        judged = judged.because(Risk.REMOVAL, name + " is no longer served");
      }
    }
    return judged;
  }

  private static Optional<JsonNode> version(JsonNode definition, String name) {
    return definition
        .path("spec")
        .path("versions")
        .valueStream()
        .filter(version -> version.path("name").asText().equals(name))
        .findFirst();
  }
}
