package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Taint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What keeps nodes from taking pods. */
record NodeHealth(ClusterApi api, Deadline deadline) {
  /** Of many nodes with the same trouble as many are named. */
  private static final int NAMED = 10;

  private record Trouble(String words, String remedy) {}

  private static final Trouble MISSING =
      new Trouble(
          "did not register",
          "look at the instance's console output and at its kubelet: it needs the API server's port"
              + " 6443 and a certificate, kubectl get csr lists those that nobody approved");

  /** Nothing when each is there, ready, and without the startup taint. */
  Outcome<List<Symptom>> of(Set<String> names) {
    if (names.isEmpty()) {
      return Outcome.of(List.of());
    }
    return api.ask(Request.get("/api/v1/nodes"), deadline, "read nodes")
        .map(list -> {
          var nodes = new HashMap<String, JsonNode>();
          list.path("items").forEach(node -> nodes.put(node.at("/metadata/name").asText(), node));
          return symptoms(names, nodes);
        });
  }

  private static List<Symptom> symptoms(Set<String> names, Map<String, JsonNode> nodes) {
    var troubles = new TreeMap<String, List<String>>();
    var remedies = new HashMap<String, String>();
    for (var name : new TreeSet<>(names)) {
      var trouble = nodes.containsKey(name) ? trouble(nodes.get(name)) : Optional.of(MISSING);
      trouble.ifPresent(found -> {
        troubles.computeIfAbsent(found.words(), _ -> new ArrayList<>()).add(name);
        remedies.put(found.words(), found.remedy());
      });
    }
    return troubles.entrySet().stream()
        .map(entry ->
            symptom(entry.getKey(), entry.getValue(), remedies.getOrDefault(entry.getKey(), "")))
        .toList();
  }

  private static Symptom symptom(String words, List<String> names, String remedy) {
    var named =
        String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
            + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    var subject = names.size() == 1 ? "node " + named : names.size() + " nodes (" + named + ")";
    return new Symptom(
        subject, words, Diagnostic.general(Code.UNHEALTHY_NODE, subject + ": " + words, remedy));
  }

  private static Optional<Trouble> trouble(JsonNode node) {
    if (!Conditions.isTrue(node, "Ready")) {
      var ready = Conditions.of(node, "Ready");
      return Optional.of(
          new Trouble(
              "not ready: " + ready.path("message").asText("its kubelet said nothing yet"),
              "look at the DaemonSets' pods on it, the network's first: kubectl describe node"));
    }
    for (var taint : node.at("/spec/taints")) {
      if (taint.path("key").asText().equals(Taint.STARTUP.key())) {
        return Optional.of(
            new Trouble(
                "still has the startup taint " + taint.path("key").asText(),
                "its system pods are not ready yet, or the node readiness controller does not run:"
                    + " kubectl describe node shows the conditions that NodeReadinessRules wait"
                    + " for"));
      }
    }
    return Optional.empty();
  }
}
