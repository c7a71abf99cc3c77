package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.e2e.Caller.Answer;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What teams may write, held by a real API server, and what the real Skipper makes of it. */
@Tag("e2e")
@Item(7)
final class IngressTest {
  private static final Set<String> COMPONENTS =
      Set.of("skipper", "stackset-controller", "kube-ingress-aws-controller", "external-dns");

  /** What kube-metrics-adapter asks for, by the host; methods are not told apart. */
  private static final String COUNTED =
      "skipper_serve_host_duration_seconds_count{code=\"200\",host=\"ingress_example_org\"}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static ControlPlane controlPlane;

  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "ingress");
    Manifests.apply(controlPlane.admin(), objects());
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  private static List<GenericKubernetesResource> objects() {
    return Manifests.of(Assemblies.of("e2e")).stream()
        .filter(object ->
            COMPONENTS.contains(
                object.getMetadata().getLabels().getOrDefault("app.kubernetes.io/name", "")))
        .toList();
  }

  @Test
  void mistakesAreRefusedAndNothingElse(Evidence evidence) throws IOException {
    var caller = Caller.of(controlPlane.admin().getConfiguration());
    var rows = new ArrayList<List<String>>();
    var wrong = new ArrayList<String>();
    for (var it : IngressCase.all()) {
      var answer = caller.dry("POST", it.path().replace("?", "?dryRun=All&"), it.object());
      var message = answer.status() == 201 ? "taken" : message(answer);
      rows.add(List.of(it.kind(), it.what(), message));
      if (!isRight(it, answer)) {
        wrong.add(it + ": " + answer.status() + " " + message);
      }
    }
    evidence
        .engine("kube-apiserver 1.36.2")
        .table("what an API server says to what is written", List.of("kind", "it", "answer"), rows);

    assertThat(wrong).isEmpty();
    assertThat(rows).hasSizeGreaterThan(40);
  }

  /** What is taken comes back with every field: none is pruned. */
  private static boolean isRight(IngressCase it, Answer answer) throws IOException {
    if (it.refused().isPresent()) {
      return answer.status() >= 400
          && answer.status() < 500
          && message(answer).contains(it.refused().get());
    }
    JsonNode sent = JSON.readTree(it.object()).path("spec");
    return answer.status() == 201 && sent.equals(JSON.readTree(answer.body()).path("spec"));
  }

  private static String message(Answer answer) throws IOException {
    return JSON.readTree(answer.body()).path("message").asText();
  }

  @Test
  void skipperRoutesRequestsAndLosesNoneWhileItEnds(Evidence evidence) throws Exception {
    try (var routing = Routing.start(controlPlane)) {
      evidence
          .engine("skipper 0.27.50")
          .standIn("the network of pods", "it carries one pod, and knows no node")
          .text("Skipper's command line", String.join("\n", routing.arguments()))
          .log("Skipper's log", routing.log());

      assertThat(routing.get("any.example.org", "/kube-system/healthz").status()).isEqualTo(200);
      var byIngress = routing.get("ingress.example.org", "/path");
      assertThat(byIngress.status()).isEqualTo(200);
      assertThat(byIngress.text())
          .endsWith("the application was asked for ingress.example.org/path");
      var byRouteGroup = routing.get("routes.example.org", "/path");
      assertThat(byRouteGroup.status()).isEqualTo(200);
      assertThat(byRouteGroup.text())
          .contains("X-Route: by-group")
          .endsWith("the application was asked for routes.example.org/path");
      assertThat(routing.get("routes.example.org", "/teapot").status()).isEqualTo(418);
      assertThat(routing.get("other.example.org", "/").status()).isEqualTo(404);
      // What no schema knows harms nobody else: Skipper leaves the one route out.
      assertThat(routing.get("broken.example.org", "/").status()).isEqualTo(404);
      assertThat(routing.metrics()).contains(COUNTED);

      var ended = routing.end();
      evidence.table("while it ends", List.of("what", "came of it"), ended.rows());
      assertThat(ended.slowOne()).isEqualTo(200);
      assertThat(ended.newOne()).isEqualTo(200);
      assertThat(ended.health()).isEqualTo(503);
      assertThat(ended.exit()).isZero();
      assertThat(ended.seconds()).isBetween(45L, 120L);
    }
  }
}
