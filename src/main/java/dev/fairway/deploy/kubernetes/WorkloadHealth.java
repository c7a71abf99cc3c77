package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps workloads from being healthy: their controllers, their pods, and events. */
record WorkloadHealth(ClusterApi api, Deadline deadline) {

  /** Nothing when it is healthy. */
  Outcome<List<Symptom>> of(ObjectRef ref) {
    return api.kinds(deadline)
        .then(kinds ->
            kinds
                .path(ref)
                .map(path -> of(ref, path))
                .orElseGet(() -> Outcome.of(List.of(missing(ref)))));
  }

  private Outcome<List<Symptom>> of(ObjectRef ref, String path) {
    return switch (api.send(Request.get(path), deadline)) {
      case Answer.Done(int _, var live) -> of(ref, live);
      case Answer.Refused refused when refused.isMissing() -> Outcome.of(List.of(missing(ref)));
      case Answer answer -> Outcomes.error(Refusals.of(api, "read " + ref, answer));
    };
  }

  private Outcome<List<Symptom>> of(ObjectRef ref, JsonNode live) {
    var lag = Workload.of(ref, live).lag();
    if (lag.isEmpty()) {
      return Outcome.of(List.of());
    }
    return ref.kind().equals("APIService")
        ? Outcome.of(List.of(unavailable(ref, live, lag.get())))
        : reasons(ref, live).map(reasons -> List.of(unhealthy(ref, lag.get(), reasons)));
  }

  /** Of the pods first; a controller that can't even make pods says so in an event. */
  private Outcome<List<String>> reasons(ObjectRef ref, JsonNode live) {
    var namespace = "/api/v1/namespaces/" + ref.namespace().orElseThrow();
    return api.ask(
            Request.get(namespace + "/pods?labelSelector=" + selector(live)), deadline, "read pods")
        .map(WorkloadHealth::troubles)
        .then(troubles -> troubles.isEmpty() ? events(namespace, ref, live) : Outcome.of(troubles));
  }

  private static String selector(JsonNode live) {
    return encoded(
        live.at("/spec/selector/matchLabels").properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .collect(Collectors.joining(",")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The same trouble of many pods is told once, with their number. */
  private static List<String> troubles(JsonNode pods) {
    var counts = new TreeMap<String, Integer>();
    for (var pod : pods.path("items")) {
      PodTrouble.of(pod).ifPresent(trouble -> counts.merge(trouble, 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .map(entry ->
            entry.getValue() + (entry.getValue() == 1 ? " pod " : " pods ") + entry.getKey())
        .toList();
  }

  private Outcome<List<String>> events(String namespace, ObjectRef ref, JsonNode live) {
    var failure = Conditions.of(live, "ReplicaFailure").path("message").asText("");
    if (!failure.isEmpty()) {
      return Outcome.of(List.of(failure));
    }
    var of = "involvedObject.uid=" + live.at("/metadata/uid").asText() + ",type=Warning";
    return api.ask(
            Request.get(namespace + "/events?fieldSelector=" + encoded(of)),
            deadline,
            "read events of " + ref)
        .map(WorkloadHealth::lastMessage);
  }

  private static List<String> lastMessage(JsonNode events) {
    var messages = new ArrayList<String>();
    events.path("items").forEach(event -> messages.add(event.path("message").asText()));
    return messages.isEmpty() ? List.of() : List.of(messages.getLast());
  }

  private static Symptom unhealthy(ObjectRef ref, String lag, List<String> reasons) {
    var words = Stream.concat(Stream.of(lag), reasons.stream()).collect(Collectors.joining("; "));
    return new Symptom(
        ref.toString(),
        words,
        Diagnostic.general(
            Code.UNHEALTHY_WORKLOAD,
            ref + " is not healthy: " + words,
            "look closer: kubectl describe %s; kubectl logs %s --all-containers --previous; then run the deploy again"
                .formatted(ref.kubectl(), ref.kubectl())));
  }

  private static Symptom missing(ObjectRef ref) {
    return new Symptom(
        ref.toString(),
        "is missing",
        Diagnostic.general(
            Code.UNHEALTHY_WORKLOAD,
            ref + " is not there any more",
            "find out who deleted it, and run the deploy again: it is created anew"));
  }

  private static Symptom unavailable(ObjectRef ref, JsonNode live, String why) {
    var service = live.at("/spec/service");
    var target =
        "service/%s -n %s"
            .formatted(service.path("name").asText(), service.path("namespace").asText());
    return new Symptom(
        ref.toString(),
        why,
        Diagnostic.general(
            Code.UNAVAILABLE_API_SERVICE,
            ref + " is not available: " + why,
            "look at the pods behind it, and whether masters reach them: kubectl describe "
                + target));
  }
}
