package dev.fairway.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.Compiled;
import dev.fairway.deploy.kubernetes.Applier;
import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.DeletionBudget;
import dev.fairway.deploy.kubernetes.Guard;
import dev.fairway.deploy.kubernetes.Inventory;
import dev.fairway.deploy.kubernetes.Manifest;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.kubernetes.ObjectChange;
import dev.fairway.deploy.kubernetes.ObjectRef;
import dev.fairway.deploy.kubernetes.Prune;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import dev.fairway.model.Digest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The objects of a release, brought to a control plane as a deploy does, and looked at. */
record ReleaseOnCluster(ClusterApi api, KubernetesClient admin) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a deploy of objects did. */
  record Deployed(List<ObjectChange> changes, List<ObjectRef> deleted) {
    List<ObjectRef> changed() {
      return changes.stream().filter(ObjectChange::isChange).map(ObjectChange::ref).toList();
    }
  }

  static ReleaseOnCluster of(ControlPlane controlPlane, String alias) {
    var api = ClusterApi.of(cluster(alias), controlPlane.kubeconfig(), InstantSource.system());
    return new ReleaseOnCluster(value(api), controlPlane.admin());
  }

  static Cluster cluster(String alias) {
    return Compiled.fleet().find(alias).orElseThrow().cluster();
  }

  static Deadline soon() {
    return Deadline.in(Duration.ofMinutes(1), InstantSource.system());
  }

  /** The value, or what is wrong as a failure. */
  static <T> T value(Outcome<T> outcome) {
    return outcome.value().orElseThrow(() -> new AssertionError(outcome.diagnostics().toString()));
  }

  Outcome<Deployed> deploy(Manifests manifests) {
    return deploy(manifests, DeletionBudget.DEFAULT, Guard.NONE);
  }

  Outcome<Deployed> deploy(Manifests manifests, Duration limit) {
    return deploy(
        manifests, DeletionBudget.DEFAULT, Guard.NONE, Deadline.in(limit, InstantSource.system()));
  }

  Outcome<Deployed> deploy(Manifests manifests, DeletionBudget budget, Guard guard) {
    return deploy(manifests, budget, guard, soon());
  }

  private Outcome<Deployed> deploy(
      Manifests manifests, DeletionBudget budget, Guard guard, Deadline deadline) {
    var applier = new Applier(api, guard);
    var inventory = new Inventory(api, guard);
    var prune = new Prune(api, guard);
    return applier
        .plan(manifests, deadline)
        .then(changes ->
            inventory
                .read(deadline)
                .then(owned ->
                    prune
                        .plan(owned, manifests, deadline)
                        .then(budget::judge)
                        .then(leftovers ->
                            inventory
                                .intend(owned, manifests, deadline)
                                .then(intent ->
                                    applier
                                        .apply(manifests, changes, deadline, Listener.SILENT)
                                        .then(done ->
                                            prune
                                                .run(leftovers, deadline, Listener.SILENT)
                                                .then(gone ->
                                                    inventory
                                                        .settle(
                                                            intent,
                                                            manifests,
                                                            digest(manifests),
                                                            deadline)
                                                        .map(_ -> new Deployed(done, gone))))))));
  }

  private static Digest digest(Manifests manifests) {
    return Digest.of(manifests.all().toString());
  }

  /** The manifests and one more. */
  static Manifests with(Manifests manifests, String... more) {
    var added = Stream.of(more).map(ReleaseOnCluster::manifest);
    return new Manifests(Stream.concat(manifests.all().stream(), added).toList());
  }

  /** The manifests, one of them with other JSON. */
  static Manifests replaced(Manifests manifests, ObjectRef ref, String pointer, String json) {
    return new Manifests(
        manifests.all().stream()
            .map(manifest ->
                manifest.ref().equals(ref)
                    ? new Manifest(ref, manifest.file(), edited(manifest, pointer, json))
                    : manifest)
            .toList());
  }

  private static ObjectNode edited(Manifest manifest, String pointer, String json) {
    var object = manifest.object().deepCopy();
    var split = pointer.lastIndexOf('/');
    ((ObjectNode) object.at(pointer.substring(0, split)))
        .set(pointer.substring(split + 1), json(json));
    return object;
  }

  static Manifest manifest(String json) {
    var object = (ObjectNode) json(json);
    var namespace = Optional.ofNullable(object.at("/metadata/namespace").textValue());
    var ref =
        new ObjectRef(
            object.path("apiVersion").asText(),
            object.path("kind").asText(),
            namespace,
            object.at("/metadata/name").asText());
    return new Manifest(ref, "manifests/more.yaml", object);
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String json) {
    try {
      return JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  Optional<GenericKubernetesResource> live(ObjectRef ref) {
    var kind = admin.genericKubernetesResources(ref.apiVersion(), ref.kind());
    return Optional.ofNullable(
        ref.namespace()
            .map(namespace -> kind.inNamespace(namespace).withName(ref.name()).get())
            .orElseGet(() -> kind.withName(ref.name()).get()));
  }

  /**
   * What was last written to all objects that Fairway wrote, by anybody but their controllers:
   * those tell in the status, at any time, how far they are.
   */
  TreeMap<ObjectRef, String> versions(Manifests manifests) {
    var versions = new TreeMap<ObjectRef, String>();
    Stream.concat(
            manifests.all().stream().map(Manifest::ref),
            Stream.of(ObjectRef.of("v1", "ConfigMap", "kube-system", "fairway-inventory")))
        .forEach(ref ->
            versions.put(ref, live(ref).map(ReleaseOnCluster::withoutStatus).orElse("none")));
    return versions;
  }

  /** Each write of another value leaves its time among the managers of the fields. */
  private static String withoutStatus(GenericKubernetesResource found) {
    var tree = (ObjectNode) new ObjectMapper().valueToTree(found);
    tree.remove("status");
    var metadata = (ObjectNode) tree.path("metadata");
    metadata.remove("resourceVersion");
    var managers = (ArrayNode) metadata.path("managedFields");
    for (var index = managers.size() - 1; index >= 0; index--) {
      if (managers.get(index).path("subresource").asText().equals("status")) {
        managers.remove(index);
      }
    }
    return tree.toString();
  }
}
