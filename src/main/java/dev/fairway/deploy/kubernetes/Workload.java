package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How far the controller of a workload has come.
 *
 * @param lag what is not there yet; empty when all is
 */
record Workload(Optional<String> lag) {
  private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

  /** The label that says what a node is for. */
  private static final String ROLE = "fairway.dev/role";

  private static final String MASTER = "master";

  /** Whether this is something whose health is looked at. */
  static boolean isIn(Health.Scope scope, Manifest manifest) {
    return switch (manifest.ref().groupKind()) {
      case "DaemonSet.apps" -> true;
      case "Deployment.apps", "StatefulSet.apps" ->
          scope == Health.Scope.ALL || runsOnMasters(manifest.object());
      case "APIService.apiregistration.k8s.io" ->
          scope == Health.Scope.ALL && manifest.object().at("/spec").has("service");
      default -> false;
    };
  }

  /** It puts up with masters, and does not ask for another sort of nodes. */
  private static boolean runsOnMasters(JsonNode workload) {
    var pod = workload.at("/spec/template/spec");
    if (!pod.at("/nodeSelector").path(ROLE).asText(MASTER).equals(MASTER)) {
      return false;
    }
    for (var toleration : pod.path("tolerations")) {
      if (toleration.path("key").asText(CONTROL_PLANE).equals(CONTROL_PLANE)) {
        return true;
      }
    }
    return false;
  }

  static Workload of(ObjectRef ref, JsonNode live) {
    if (ref.kind().equals("APIService")) {
      return new Workload(
          Optional.of(Conditions.of(live, "Available").path("message").asText("nobody looked yet"))
              .filter(_ -> !Conditions.isTrue(live, "Available")));
    }
    if (live.at("/status/observedGeneration").asLong(0)
        < live.at("/metadata/generation").asLong(0)) {
      return new Workload(Optional.of("its controller did not look at it yet"));
    }
    return new Workload(
        switch (ref.kind()) {
          case "DaemonSet" -> daemonSet(live);
          case "StatefulSet" -> statefulSet(live);
          default -> deployment(live);
        });
  }

  private static Optional<String> daemonSet(JsonNode live) {
    var wanted = count(live, "desiredNumberScheduled");
    var isUpdated =
        live.at("/spec/updateStrategy/type").asText().equals("OnDelete")
            || count(live, "updatedNumberScheduled") >= wanted;
    return isUpdated
        ? lag(count(live, "numberAvailable"), wanted, "available")
        : lag(count(live, "updatedNumberScheduled"), wanted, "updated");
  }

  private static Optional<String> deployment(JsonNode live) {
    var wanted = live.at("/spec/replicas").asInt(1);
    var updated = count(live, "updatedReplicas");
    if (updated < wanted) {
      return lag(updated, wanted, "updated");
    }
    var old = count(live, "replicas") - updated;
    return old > 0
        ? Optional.of(old + " of the old still to go")
        : lag(count(live, "availableReplicas"), wanted, "available");
  }

  private static Optional<String> statefulSet(JsonNode live) {
    var wanted = live.at("/spec/replicas").asInt(1);
    var isRolling =
        live.at("/spec/updateStrategy/type").asText("RollingUpdate").equals("RollingUpdate");
    var kept = live.at("/spec/updateStrategy/rollingUpdate/partition").asInt(0);
    var updated = count(live, "updatedReplicas");
    return isRolling && updated < wanted - kept
        ? lag(updated, wanted - kept, "updated")
        : lag(count(live, "availableReplicas"), wanted, "available");
  }

  private static Optional<String> lag(int are, int wanted, String what) {
    return are >= wanted ? Optional.empty() : Optional.of(are + " of " + wanted + " " + what);
  }

  private static int count(JsonNode live, String name) {
    return live.path("status").path(name).asInt(0);
  }
}
