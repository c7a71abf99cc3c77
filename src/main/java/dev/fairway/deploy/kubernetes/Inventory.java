package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What Fairway put on the cluster, kept in the cluster: ConfigMap {@code
 * kube-system/fairway-inventory}. Before anything is applied it names old and new objects alike, so
 * that a deploy which is killed leaves nothing that nobody knows.
 */
public final class Inventory {
  /** The limit of a ConfigMap's data, in bytes. */
  private static final int LIMIT = 1 << 20;

  private static final String CLUSTER = "cluster";
  private static final String RELEASE = "release";
  private static final String OBJECTS = "objects";

  private final ClusterApi api;
  private final Guard guard;
  private final ConfigMaps maps;

  public Inventory(ClusterApi api, Guard guard) {
    this.api = api;
    this.guard = guard;
    this.maps = new ConfigMaps(api);
  }

  /**
   * What is owned.
   *
   * @param release the last one that was applied as a whole
   * @param objects sorted
   * @param stored as it stands in the cluster, empty before the first deploy
   */
  public record Owned(
      Optional<Digest> release, SortedSet<ObjectRef> objects, Optional<ObjectNode> stored) {
    public Owned {
      objects = Collections.unmodifiableSortedSet(new TreeSet<>(objects));
    }
  }

  /** Errors: it is another cluster's, or nobody's. */
  public Outcome<Owned> read(Deadline deadline) {
    return maps.read(ApplySet.PARENT, deadline)
        .then(found ->
            found.isEmpty()
                ? Outcome.of(new Owned(Optional.empty(), new TreeSet<>(), found))
                : owned(found.get()));
  }

  private Outcome<Owned> owned(ObjectNode stored) {
    var data = stored.path("data");
    var cluster = data.path(CLUSTER).asText("");
    if (!cluster.equals(api.cluster().id().toString())) {
      return Outcomes.error(foreign(cluster));
    }
    var objects = new TreeSet<ObjectRef>();
    for (var line : data.path(OBJECTS).asText().lines().toList()) {
      var ref = ObjectRef.parse(line);
      if (ref.isEmpty()) {
        return Outcomes.error(malformed(line));
      }
      objects.add(ref.get());
    }
    return Outcome.of(new Owned(release(data), objects, Optional.of(stored)));
  }

  private static Optional<Digest> release(JsonNode data) {
    return Optional.of(data.path(RELEASE).asText(""))
        .filter(hex -> hex.matches("[0-9a-f]{64}"))
        .map(Digest::new);
  }

  private Diagnostic foreign(String cluster) {
    return Diagnostic.general(
        Code.FOREIGN_INVENTORY,
        "%s on %s is of cluster %s, not of %s"
            .formatted(
                ApplySet.PARENT,
                api.server(),
                cluster.isEmpty() ? "nobody" : cluster,
                api.cluster().id()),
        "check that KUBECONFIG is of cluster %s; if the cluster did get another id, set data.cluster of the ConfigMap to it"
            .formatted(api.cluster().alias()));
  }

  private Diagnostic malformed(String line) {
    return Diagnostic.general(
        Code.FOREIGN_INVENTORY,
        "%s on %s has the line '%s', which names no object"
            .formatted(ApplySet.PARENT, api.server(), line),
        "somebody edited it: each line is apiVersion, kind, namespace or -, and name; mend or take"
            + " out the line");
  }

  /** Before anything is applied: what was owned, and what is about to be. */
  public Outcome<Owned> intend(Owned before, Manifests manifests, Deadline deadline) {
    var union = new TreeSet<>(refs(manifests));
    var kept = manifests.identities();
    before.objects().stream().filter(ref -> !kept.contains(ref.identity())).forEach(union::add);
    return store(before, union, before.release(), deadline);
  }

  /** After pruning: the release, and nothing else. */
  public Outcome<Owned> settle(
      Owned before, Manifests manifests, Digest release, Deadline deadline) {
    return store(before, refs(manifests), Optional.of(release), deadline);
  }

  /** Written only when it differs, and only when nobody wrote since it was read. */
  private Outcome<Owned> store(
      Owned before, SortedSet<ObjectRef> objects, Optional<Digest> release, Deadline deadline) {
    var wanted = map(before.stored(), objects, release);
    if (before.stored().filter(wanted::equals).isPresent()) {
      return Outcome.of(before);
    }
    var size = size(wanted);
    if (size > LIMIT) {
      return Outcomes.error(tooLarge(size, objects.size()));
    }
    return maps.write(ApplySet.PARENT, wanted, deadline, guard)
        .map(stored -> new Owned(release, objects, Optional.of(stored)));
  }

  private ObjectNode map(
      Optional<ObjectNode> stored, SortedSet<ObjectRef> objects, Optional<Digest> release) {
    var map = stored.map(ObjectNode::deepCopy).orElseGet(JsonNodeFactory.instance::objectNode);
    var metadata = map.withObjectProperty("metadata");
    metadata.withObjectProperty("labels").put(ApplySet.ID_LABEL, ApplySet.ID);
    metadata
        .withObjectProperty("annotations")
        .put(ApplySet.TOOLING, ApplySet.TOOL)
        .put(ApplySet.GROUP_KINDS, joined(objects.stream().map(ObjectRef::groupKind)))
        .put(ApplySet.NAMESPACES, namespaces(objects));
    var data = map.withObjectProperty("data");
    data.put(CLUSTER, api.cluster().id().toString());
    data.put(
        OBJECTS, objects.stream().map(ObjectRef::line).collect(Collectors.joining("\n", "", "\n")));
    release.ifPresent(digest -> data.put(RELEASE, digest.hex()));
    return map;
  }

  private static String namespaces(SortedSet<ObjectRef> objects) {
    return joined(
        objects.stream()
            .flatMap(ref -> ref.namespace().stream())
            .filter(name -> !ApplySet.PARENT.namespace().equals(Optional.of(name))));
  }

  private static String joined(java.util.stream.Stream<String> words) {
    return words.distinct().sorted().collect(Collectors.joining(","));
  }

  private static int size(ObjectNode map) {
    var size = 0;
    for (var value : map.path("data")) {
      size += value.asText().getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }

  private static Diagnostic tooLarge(int size, int objects) {
    return Diagnostic.general(
        Code.INVENTORY_TOO_LARGE,
        "the inventory of %d objects takes %d bytes, and a ConfigMap holds %d"
            .formatted(objects, size, LIMIT),
        "leave objects that are made for each tenant or node to a controller");
  }

  private static SortedSet<ObjectRef> refs(Manifests manifests) {
    return manifests.all().stream()
        .map(Manifest::ref)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
