package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Why a pod is not ready, in words that are the same for all pods which suffer the same. */
final class PodTrouble {
  private PodTrouble() {}

  /** Empty when it is ready, or on its way out. */
  static Optional<String> of(JsonNode pod) {
    if (pod.path("metadata").has("deletionTimestamp") || Conditions.isTrue(pod, "Ready")) {
      return Optional.empty();
    }
    return Stream.of(unschedulable(pod), container(pod), phase(pod))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> unschedulable(JsonNode pod) {
    var scheduled = Conditions.of(pod, "PodScheduled");
    return Optional.of("unschedulable: " + scheduled.path("message").asText())
        .filter(_ -> scheduled.path("status").asText().equals("False"));
  }

  private static Optional<String> container(JsonNode pod) {
    return Stream.of("initContainerStatuses", "containerStatuses")
        .flatMap(name -> StreamSupport.stream(pod.path("status").path(name).spliterator(), false))
        .map(PodTrouble::trouble)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> trouble(JsonNode status) {
    var name = status.path("name").asText();
    var waiting = status.at("/state/waiting/reason").asText("");
    if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
      return Optional.of(
          "waiting in %s: %s%s%s"
              .formatted(
                  name, waiting, after(": ", status.at("/state/waiting/message")), ended(status)));
    }
    var isDone = status.at("/state/terminated/exitCode").asInt(-1) == 0;
    return status.path("ready").asBoolean() || isDone || waiting.equals("PodInitializing")
        ? Optional.empty()
        : Optional.of("not ready in %s%s".formatted(name, ended(status)));
  }

  private static String ended(JsonNode status) {
    var last =
        status.at("/lastState/terminated").isMissingNode()
            ? status.at("/state/terminated")
            : status.at("/lastState/terminated");
    return last.isMissingNode()
        ? ""
        : ", ended before with exit code %d (%s)%s"
            .formatted(
                last.path("exitCode").asInt(),
                last.path("reason").asText("no reason"),
                after(": ", last.path("message")));
  }

  private static String after(String separator, JsonNode text) {
    return text.asText("").isBlank() ? "" : separator + text.asText().strip();
  }

  private static Optional<String> phase(JsonNode pod) {
    var phase = pod.at("/status/phase").asText("Unknown");
    return Optional.of(
        phase.toLowerCase(java.util.Locale.ROOT)
            + after(": ", pod.at("/status/message"))
            + after(": ", Conditions.of(pod, "Ready").path("message")));
  }
}
