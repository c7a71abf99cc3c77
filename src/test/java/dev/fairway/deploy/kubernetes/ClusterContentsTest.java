package dev.fairway.deploy.kubernetes;

import static dev.fairway.deploy.kubernetes.FakeServer.done;
import static dev.fairway.deploy.kubernetes.FakeServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which API a destruction asks, and under whose lock. */
class ClusterContentsTest {
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
  private static final String LEASE = LEASES + "/fairway-deploy";
  private static final String HELD =
      "{metadata: {resourceVersion: '1'}, spec: {holderIdentity: 'ada', leaseDurationSeconds: 60}}";

  private final FakeServer server = new FakeServer();
  private final Deadline soon = Deadline.in(Duration.ofMinutes(5), server);
  private final Contents contents =
      new ClusterContents(
          () -> Outcome.of(server.api()),
          "ada",
          Duration.ofMinutes(1),
          Duration.ZERO,
          Listener.SILENT);

  private void isUp(String issuer) {
    server.on("GET", "/readyz", done("{}"));
    server.on("GET", "/.well-known/openid-configuration", done("{issuer: '%s'}".formatted(issuer)));
    server.on("POST", LEASES, done(HELD));
    server.on("PUT", LEASE, done(HELD));
  }

  private static List<Code> codes(Outcome<?> outcome) {
    return outcome.diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  @Test
  void theLockIsHeldUntilItIsLeft() {
    isUp(FakeServer.cluster().api().url());

    assertThat(contents.enter(soon)).isEqualTo(Outcome.of(true));
    assertThat(contents.objection()).isEmpty();
    contents.leave();

    assertThat(server.asked())
        .filteredOn(asked -> asked.contains("/leases"))
        .extracting(asked -> asked.replaceAll(" .*", ""))
        .containsExactly("GET", "POST", "PUT");
    assertThat(contents.survey(soon).value().orElseThrow().objects()).isEmpty();
  }

  @Test
  void aLostLockIsSaid() {
    isUp(FakeServer.cluster().api().url());
    contents.enter(soon);

    server.pass(Duration.ofMinutes(1));

    assertThat(contents.objection().map(Diagnostic::code)).contains(Code.LEASE_LOST);
  }

  @Test
  void whoeverLostTheLockClearsNothing() {
    isUp(FakeServer.cluster().api().url());
    contents.enter(soon);

    server.pass(Duration.ofMinutes(1));

    assertThat(codes(contents.clear(soon))).containsExactly(Code.LEASE_LOST);
    assertThat(server.asked()).noneMatch(asked -> asked.startsWith("DELETE"));
  }

  @Test
  void anApiThatDoesNotAnswerIsNotAsked() {
    server.on("GET", "/readyz", new Answer.Unreachable("refused", true));

    var entered = contents.enter(soon);

    assertThat(entered.value()).contains(false);
    assertThat(codes(entered)).containsExactly(Code.API_NOT_ASKED);
    assertThat(server.asked()).containsExactly("GET /readyz");
  }

  @Test
  void anApiThatRefusesUsIsNotGone() {
    server.on("GET", "/readyz", refused(401, "{message: 'Unauthorized'}"));

    assertThat(codes(contents.enter(soon))).containsExactly(Code.API_STRANGER);
  }

  @Test
  void anotherClustersApiIsRefused() {
    isUp("https://other.example.org");

    assertThat(codes(contents.enter(soon))).containsExactly(Code.ANOTHER_CLUSTER);
    assertThat(server.asked()).noneMatch(asked -> asked.contains("/leases"));
  }
}
