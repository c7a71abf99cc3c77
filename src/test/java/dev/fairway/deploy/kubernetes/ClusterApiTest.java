package dev.fairway.deploy.kubernetes;

import static dev.fairway.deploy.kubernetes.FakeServer.done;
import static dev.fairway.deploy.kubernetes.FakeServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterApiTest {
  private static final String ISSUER = "/.well-known/openid-configuration";

  private final FakeServer server = new FakeServer();
  private final ClusterApi api = server.api();
  private final Deadline soon = Deadline.in(Duration.ofMinutes(5), server);

  private static Diagnostic only(Outcome<?> outcome) {
    assertThat(outcome.diagnostics().all()).hasSize(1);
    return outcome.diagnostics().all().getFirst();
  }

  @Test
  void theIssuerProvesWhoseApiItIs() {
    server.on("GET", ISSUER, done("{issuer: '%s'}".formatted(FakeServer.cluster().api().url())));
    assertThat(api.belongsToCluster(soon).value()).isPresent();

    server.on("GET", ISSUER, done("{issuer: 'https://other.example.org'}"));
    assertThat(only(api.belongsToCluster(soon)))
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.ANOTHER_CLUSTER);
          assertThat(diagnostic.message())
              .contains("https://other.example.org", FakeServer.cluster().api().url());
        });
  }

  @Test
  void strangersAreToldAtOnce() {
    server.on("GET", ISSUER, refused(401, "{message: 'Unauthorized'}"));
    assertThat(only(api.belongsToCluster(soon)).code()).isEqualTo(Code.API_STRANGER);

    server.on("GET", ISSUER, refused(403, "{message: 'User \\'bob\\' cannot get path'}"));
    assertThat(only(api.belongsToCluster(soon)))
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.API_FORBIDDEN);
          assertThat(diagnostic.message()).contains("bob");
        });
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void whatPassesIsAskedAgain() {
    server.on(
        "GET",
        "/x",
        refused(429, "{}"),
        new Answer.Unreachable("connection refused", true),
        done("{a: 1}"));

    assertThat(api.ask(Request.get("/x"), soon, "read x").value()).isPresent();
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void whatDoesNotPassIsNotAskedAgain() {
    server.on("GET", "/x", new Answer.Unreachable("PKIX path building failed", false));
    assertThat(only(api.ask(Request.get("/x"), soon, "read x")).code())
        .isEqualTo(Code.API_UNREACHABLE);

    server.on("GET", "/x", refused(500, "{message: 'failed to create typed patch object: .a'}"));
    assertThat(only(api.ask(Request.get("/x"), soon, "read x")).code()).isEqualTo(Code.API_FAILURE);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void aServerThatDoesNotLetUsInIsThere() {
    server.on("GET", "/readyz", refused(401, "{message: 'Unauthorized'}"));
    assertThat(only(api.isThere()).code()).isEqualTo(Code.API_STRANGER);

    server.on("GET", "/readyz", refused(503, "{message: 'starting'}"));
    assertThat(api.isThere().value()).contains(false);

    server.on("GET", "/readyz", done("{}"));
    assertThat(api.isThere().value()).contains(true);
  }

  @Test
  void theChecksThatFailAreNamed() {
    var text = "[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed";
    server.on("GET", "/readyz", new Answer.Refused(500, TextNode.valueOf(text)));

    assertThat(only(api.awaitReady(Deadline.in(Duration.ZERO, server), Listener.SILENT)).message())
        .endsWith("is not ready: these checks fail: etcd");
  }

  @Test
  void aGuardStopsAWriteBeforeItIsSent() {
    var why = Diagnostic.general(Code.LEASE_LOST, "lost", "again");

    var answer = api.send(Request.put("/x", Json.of("{}")), soon, () -> java.util.Optional.of(why));

    assertThat(answer).isEqualTo(new Answer.Stopped(why));
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void withoutAKubeconfigNothingIsAsked(@TempDir Path folder) throws IOException {
    var clock = InstantSource.system();
    var missing = ClusterApi.of(FakeServer.cluster(), folder.resolve("none"), clock);
    assertThat(only(missing).code()).isEqualTo(Code.NO_KUBECONFIG);

    var empty = Files.writeString(folder.resolve("empty"), "apiVersion: v1\nkind: Config\n");
    assertThat(only(ClusterApi.of(FakeServer.cluster(), empty, clock)).message())
        .endsWith("it has no current context");

    var broken = Files.writeString(folder.resolve("broken"), "clusters: [{name: \"");
    assertThat(only(ClusterApi.of(FakeServer.cluster(), broken, clock)).code())
        .isEqualTo(Code.NO_KUBECONFIG);
  }
}
