package dev.fairway.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every object that the API server has, of every kind that it can list. */
final class ObjectsState {
  /** Told of, or made from, other objects by controllers, with names or addresses of chance. */
  private static final Set<String> PASSING =
      Set.of(
          "ControllerRevision",
          "CSINode",
          "Endpoints",
          "EndpointSlice",
          "Event",
          "IPAddress",
          "NodeMetrics",
          "PodMetrics");

  /** Have names of chance: counted by what they belong to. */
  private static final Set<String> COUNTED = Set.of("Pod", "ReplicaSet", "Node");

  /** The API server's own, with the port that it has here. */
  private static final String OF_THE_SERVER = "default/kubernetes";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;

  ObjectsState(ControlPlane controlPlane) {
    this.client = controlPlane.admin();
  }

  void collect(Map<String, String> facts) {
    for (var groupVersion : groupVersions()) {
      for (var resource : resources(groupVersion)) {
        if (resource.getVerbs().contains("list") && !PASSING.contains(resource.getKind())) {
          var path = path(groupVersion) + "/" + resource.getName();
          read(path).path("items").forEach(object -> add(resource.getKind(), object, facts));
        }
      }
    }
  }

  private static void add(String kind, JsonNode object, Map<String, String> facts) {
    if (COUNTED.contains(kind)) {
      facts.merge("count " + kind + " " + belongsTo(object), "1", ObjectsState::sum);
    } else if (kind.equals("Lease")) {
      lease(object, facts);
    } else if (!name(object).equals(OF_THE_SERVER)) {
      facts.put("object %s %s".formatted(kind, name(object)), Canonical.of(object));
    }
  }

  private static String sum(String a, String b) {
    return Integer.toString(Integer.parseInt(a) + Integer.parseInt(b));
  }

  /** Others' leases are about their processes; ours must be free. */
  private static void lease(JsonNode lease, Map<String, String> facts) {
    if (name(lease).equals("kube-system/fairway-deploy")) {
      facts.put("lock", "held by '" + lease.at("/spec/holderIdentity").asText("") + "'");
    }
  }

  private static String name(JsonNode object) {
    var metadata = object.path("metadata");
    return metadata.has("namespace")
        ? metadata.path("namespace").asText() + "/" + metadata.path("name").asText()
        : metadata.path("name").asText();
  }

  private static String belongsTo(JsonNode object) {
    var labels = object.path("metadata").path("labels");
    return "%s %s%s"
        .formatted(
            object.path("metadata").path("namespace").asText(""),
            labels
                .path("app.kubernetes.io/name")
                .asText(labels.path("fairway.dev/pool").asText("")),
            object.path("status").has("phase") ? " " + object.at("/status/phase").asText() : "");
  }

  private List<String> groupVersions() {
    var versions = new ArrayList<>(List.of("v1"));
    client
        .getApiGroups()
        .getGroups()
        .forEach(group -> versions.add(group.getPreferredVersion().getGroupVersion()));
    return versions;
  }

  /** What others serve can't be listed while they don't run, and is no object of this server. */
  private List<APIResource> resources(String groupVersion) {
    try {
      return client.getApiResources(groupVersion).getResources().stream()
          .filter(resource -> !resource.getName().contains("/"))
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == 503) {
        return List.of();
      }
      throw e;
    }
  }

  private static String path(String groupVersion) {
    return groupVersion.contains("/") ? "/apis/" + groupVersion : "/api/" + groupVersion;
  }

  private JsonNode read(String path) {
    try {
      return JSON.readTree(client.raw(path));
    } catch (JsonProcessingException e) {
      throw new AssertionError(path, e);
    }
  }
}
