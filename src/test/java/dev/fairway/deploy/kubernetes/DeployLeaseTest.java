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
import org.junit.jupiter.api.Test;

class DeployLeaseTest {
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
  private static final String LEASE = LEASES + "/fairway-deploy";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeServer server = new FakeServer();
  private final ClusterApi api = server.api();

  private Outcome<DeployLease> take() {
    return DeployLease.take(
        api, "ada", MINUTE, Deadline.in(Duration.ZERO, server), Listener.SILENT);
  }

  private static String held(String holder, String version) {
    return """
    {metadata: {resourceVersion: '%s'}, spec: {holderIdentity: '%s', leaseDurationSeconds: 60,
       acquireTime: '2026-11-22T11:00:00.000000Z', leaseTransitions: 4}}
    """
        .formatted(version, holder);
  }

  @Test
  void aFreeLeaseIsTakenWithTheVersionThatWasSeen() {
    server.on("GET", LEASE, done(held("", "7")));
    server.on("PUT", LEASE, done(held("ada", "8")));

    try (var lease = take().value().orElseThrow()) {
      assertThat(lease.isHeld()).isTrue();
      var sent = server.requests().getLast().body().orElseThrow();
      assertThat(sent.at("/metadata/resourceVersion").asText()).isEqualTo("7");
      assertThat(sent.at("/spec").toString())
          .isEqualTo(
              "{\"holderIdentity\":\"ada\",\"leaseDurationSeconds\":60,"
                  + "\"acquireTime\":\"2026-11-22T12:00:00.000000Z\",\"leaseTransitions\":5,"
                  + "\"renewTime\":\"2026-11-22T12:00:00.000000Z\"}");
    }
    var released = server.requests().getLast().body().orElseThrow();
    assertThat(released.path("spec").has("holderIdentity")).isFalse();
  }

  @Test
  void nobodyWritesWhenItWasNotRenewedInTime() {
    server.on("POST", LEASES, done(held("ada", "1")));
    var lease = take().value().orElseThrow();

    server.pass(Duration.ofSeconds(49));
    assertThat(lease.objection()).isEmpty();
    server.pass(Duration.ofSeconds(1));
    assertThat(lease.objection().map(Diagnostic::code)).contains(Code.LEASE_LOST);

    lease.close();
    assertThat(server.asked()).as("what is not held is not given back").hasSize(2);
  }

  @Test
  void anothersLeaseIsRefusedWithWhoAndSinceWhen() {
    server.on("GET", LEASE, done(held("bob@ci", "7")));

    assertThat(take().diagnostics().all())
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("cluster e2e is being deployed by bob@ci since 2026-11-22T11:00:00.000000Z");
  }

  @Test
  void onlyWhatWasWatchedForItsWholeDurationHasExpired() {
    server.on("GET", LEASE, done(held("bob", "7")));
    var attempt = new LeaseAttempt(api, "ada", MINUTE);
    var soon = Deadline.in(Duration.ofHours(1), server);

    assertThat(attempt.once(soon, _ -> {})).as("just seen").isEmpty();
    server.pass(Duration.ofSeconds(59));
    assertThat(attempt.once(soon, _ -> {})).isEmpty();
    server.on("GET", LEASE, done(held("bob", "8")));
    server.pass(Duration.ofSeconds(30));
    assertThat(attempt.once(soon, _ -> {})).as("renewed").isEmpty();
    server.pass(Duration.ofSeconds(59));
    assertThat(attempt.once(soon, _ -> {})).isEmpty();
    server.on("PUT", LEASE, done(held("ada", "9")));
    server.pass(Duration.ofSeconds(1));
    assertThat(attempt.once(soon, _ -> {})).isPresent();
  }

  @Test
  void whoeverIsFasterHasIt() {
    server.on("GET", LEASE, done(held("", "7")));
    server.on("PUT", LEASE, refused(409, "{reason: 'Conflict'}"));
    var attempt = new LeaseAttempt(api, "ada", MINUTE);
    var soon = Deadline.in(Duration.ofHours(1), server);

    assertThat(attempt.once(soon, _ -> {})).isEmpty();
    server.on("GET", LEASE, done(held("bob", "8")));
    assertThat(attempt.once(soon, _ -> {})).isEmpty();
    assertThat(attempt.refusal().message()).contains("by bob since");
  }

  @Test
  void anAnswerThatGotLostIsFoundOut() {
    server.on("GET", LEASE, done(held("", "7")));
    server.on("PUT", LEASE, new Answer.Unreachable("reset", true));
    var attempt = new LeaseAttempt(api, "ada", MINUTE);
    var soon = Deadline.in(Duration.ofHours(1), server);

    assertThat(attempt.once(soon, _ -> {})).isEmpty();
    server.on("GET", LEASE, done(held("ada", "8")));
    assertThat(attempt.once(soon, _ -> {}).flatMap(Outcome::value)).isPresent();
  }
}
