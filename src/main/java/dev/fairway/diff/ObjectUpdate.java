package dev.fairway.diff;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the API server makes of a change to an object that there is. */
final class ObjectUpdate {
  /** What a field that is left out comes to, where the API server fills nothing in. */
  private static final String NOTHING = "";

  /**
   * The API server refuses to change them, {@code Kind field}; with what it makes of one that is
   * left out, as JSON.
   */
  private static final SortedMap<String, String> IMMUTABLE =
      new TreeMap<>(
          Map.ofEntries(
              entry("CSIDriver spec.attachRequired", "true"),
              entry("CSIDriver spec.volumeLifecycleModes", "[\"Persistent\"]"),
              entry("ClusterRoleBinding roleRef.apiGroup", "\"rbac.authorization.k8s.io\""),
              entry("ClusterRoleBinding roleRef.kind", NOTHING),
              entry("ClusterRoleBinding roleRef.name", NOTHING),
              entry("CustomResourceDefinition spec.names.kind", NOTHING),
              entry("CustomResourceDefinition spec.scope", NOTHING),
              entry("DaemonSet spec.selector", NOTHING),
              entry("Deployment spec.selector", NOTHING),
              entry("Job spec.selector", NOTHING),
              entry("Job spec.template", NOTHING),
              entry("PersistentVolumeClaim spec.accessModes", NOTHING),
              entry("PersistentVolumeClaim spec.selector", NOTHING),
              entry("PersistentVolumeClaim spec.storageClassName", NOTHING),
              entry("PersistentVolumeClaim spec.volumeMode", "\"Filesystem\""),
              entry("PersistentVolumeClaim spec.volumeName", NOTHING),
              entry("PriorityClass preemptionPolicy", "\"PreemptLowerPriority\""),
              entry("PriorityClass value", "0"),
              entry("RoleBinding roleRef.apiGroup", "\"rbac.authorization.k8s.io\""),
              entry("RoleBinding roleRef.kind", NOTHING),
              entry("RoleBinding roleRef.name", NOTHING),
              entry("Secret type", "\"Opaque\""),
              entry("StatefulSet spec.podManagementPolicy", "\"OrderedReady\""),
              entry("StatefulSet spec.selector", NOTHING),
              entry("StatefulSet spec.serviceName", "\"\""),
              entry("StatefulSet spec.volumeClaimTemplates", NOTHING),
              entry("StorageClass parameters", NOTHING),
              entry("StorageClass provisioner", NOTHING),
              entry("StorageClass reclaimPolicy", "\"Delete\""),
              entry("StorageClass volumeBindingMode", "\"Immediate\"")));

  /** What they hold for good once they are {@code immutable}. */
  private static final Map<String, List<String>> SEALED =
      Map.of(
          "ConfigMap", List.of("binaryData", "data", "immutable"),
          "Secret", List.of("data", "immutable", "stringData"));

  private ObjectUpdate() {}

  static Difference judged(Difference change, JsonNode was, JsonNode becomes) {
    var fixed = fixed(change, was, becomes);
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

  private static Optional<String> fixed(Difference change, JsonNode was, JsonNode becomes) {
    var kind = change.kind() + " ";
    var immutable =
        IMMUTABLE.tailMap(kind).entrySet().stream()
            .takeWhile(entry -> entry.getKey().startsWith(kind))
            .filter(entry ->
                differ(entry.getKey().substring(kind.length()), entry.getValue(), was, becomes))
            .map(entry -> entry.getKey().substring(kind.length()));
    return Stream.of(address(change), immutable, sealed(change.kind(), was, becomes))
        .flatMap(it -> it)
        .sorted()
        .findFirst();
  }

  /** One that is left out is kept. */
  private static Stream<String> address(Difference change) {
    return change.fields().stream()
        .filter(field -> field.becomes().isPresent())
        .map(FieldChange::path)
        .filter(_ -> change.kind().equals("Service"))
        .filter(path -> isWithin(path, "spec.clusterIP") || isWithin(path, "spec.clusterIPs"));
  }

  private static Stream<String> sealed(String kind, JsonNode was, JsonNode becomes) {
    return was.path("immutable").asBoolean()
        ? SEALED.getOrDefault(kind, List.of()).stream()
            .filter(field -> differ(field, NOTHING, was, becomes))
        : Stream.of();
  }

  /**
   * @param left what it comes to where it is left out
   */
  private static boolean differ(String path, String left, JsonNode was, JsonNode becomes) {
    return !value(was, path, left).equals(value(becomes, path, left));
  }

  private static JsonNode value(JsonNode object, String path, String left) {
    var value = object.at("/" + path.replace('.', '/'));
    return value.isMissingNode() || value.isNull() ? Trees.parsed(left) : value;
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
