package dev.fairway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.aws.ResourceDrift;
import dev.fairway.deploy.aws.ResourceDrift.PropertyDrift;
import dev.fairway.deploy.aws.StackDifference;
import dev.fairway.deploy.aws.TemplateDifference;
import dev.fairway.deploy.aws.ValueChange;
import dev.fairway.deploy.kubernetes.FakeServer;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What differs is told in words, and only of this cluster. */
class DriftTest {
  private final List<String> calls = new ArrayList<>();
  private final RecordedCloud cloud = new RecordedCloud(calls);
  private final FakeServer server = new FakeServer();
  private final Target target = DeployTest.target();

  DriftTest() {
    issuer(FakeServer.cluster().api().url());
    server.says("GET", "/readyz", "{}");
    server.says("GET", "/api", "{items: []}");
    server.says("GET", "/apis", "{items: []}");
  }

  @Test
  void whatIsAsItShouldBeIsNoDrift() {
    var run = drift();

    assertThat(run.succeeded()).isTrue();
    assertThat(run.changes()).isEmpty();
    assertThat(Drift.diagnostics(run).all()).isEmpty();
    assertThat(calls).containsExactly("caller", "differences", "drift", "cloud closed");
    assertThat(server.asked()).allMatch(asked -> asked.startsWith("GET "));
  }

  @Test
  void anotherClustersApiIsRefusedBeforeItsObjectsAreRead() {
    issuer("https://other.test");

    assertThat(drift().diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.ANOTHER_CLUSTER);
    assertThat(server.asked()).noneMatch(asked -> asked.startsWith("GET /api"));
  }

  @Test
  void anotherAccountIsRefusedBeforeItsStacksAreRead() {
    cloud.refusals.put("caller", Code.WRONG_ACCOUNT);

    assertThat(drift().succeeded()).isFalse();
    assertThat(calls).containsExactly("caller", "cloud closed");
  }

  @Test
  void aStackThatIsGoneIsToldAndNotWhatItHeld() {
    cloud.differences.add(
        difference(true, new TemplateDifference(List.of("A"), List.of(), List.of())));

    assertThat(drift().changes()).containsExactly(new Change("stack", "x-etcd", "is missing"));
  }

  @Test
  void eachThingThatDiffersIsOneDiagnostic() {
    cloud.differences.add(
        difference(
            false, new TemplateDifference(List.of("A"), List.of("B"), List.of("Outputs/C"))));
    cloud.drifts.add(
        new ResourceDrift(
            "x-etcd",
            "Group",
            "AWS::X::Y",
            "id",
            false,
            List.of(new PropertyDrift("/Size", "1", "2"))));
    cloud.drifts.add(new ResourceDrift("x-etcd", "Gone", "AWS::X::Y", "id", true, List.of()));
    cloud.surplus.add("x-pool-old");

    var run = drift();

    assertThat(run.changes())
        .extracting(Change::toString)
        .containsExactly(
            "stack x-etcd: A is not in its template",
            "stack x-etcd: B is in its template, and not in ours",
            "stack x-etcd: Outputs/C is another in its template",
            "stack x-etcd: parameter Size is 1, and the release says 2",
            "stack x-etcd: tag fairway:cluster is missing, and the release says x",
            "stack x-etcd: termination protection is off",
            "stack x-etcd: has another stack policy",
            "AWS::X::Y Group of x-etcd (id): /Size is 2, and its stack says 1",
            "AWS::X::Y Gone of x-etcd (id): is gone",
            "stack x-pool-old: is of a pool that the record does not have");
    assertThat(Drift.diagnostics(run).all())
        .hasSameSizeAs(run.changes())
        .extracting(Diagnostic::code)
        .containsOnly(Code.DRIFT);
  }

  private static StackDifference difference(boolean isMissing, TemplateDifference template) {
    return new StackDifference(
        "etcd",
        "x-etcd",
        isMissing,
        template,
        List.of(new ValueChange("Size", Optional.of("1"), Optional.of("2"))),
        List.of(new ValueChange("fairway:cluster", Optional.empty(), Optional.of("x"))),
        Optional.of(true),
        true,
        true);
  }

  private void issuer(String url) {
    server.says("GET", "/.well-known/openid-configuration", "{issuer: '%s'}".formatted(url));
  }

  private Run drift() {
    var api = Outcome.of(server.api());
    try (var drift =
        new Drift(target, Duration.ofMinutes(1), cloud, api, Listener.SILENT, server)) {
      return drift.run();
    }
  }
}
