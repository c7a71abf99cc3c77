package dev.fairway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.aws.PoolInstances;
import dev.fairway.deploy.aws.StackStatus;
import dev.fairway.deploy.kubernetes.FakeServer;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cluster is well when nothing is wrong with any part of it, and each part can be wrong. */
class HealthCheckTest {
  private static final String RECORD =
      "/api/v1/namespaces/kube-system/configmaps/fairway-deploy-record";

  private final List<String> calls = new ArrayList<>();
  private final RecordedCloud cloud = new RecordedCloud(calls);
  private final FakeServer server = new FakeServer();
  private final Target target = DeployTest.target();
  private final String release = target.assembly().release().hex();
  private final String version = target.assembly().desiredVersion().hex();

  HealthCheckTest() {
    issuer(FakeServer.cluster().api().url());
    server.says("GET", "/readyz", "{}");
    server.says("GET", "/api", "{items: []}");
    server.says("GET", "/apis", "{items: []}");
    node("True");
    recorded("succeeded", release, version);
    target
        .assembly()
        .stackNames()
        .forEach(name -> stands(name, StackStatus.UPDATE_ROLLBACK_COMPLETE));
    cloud.instances.add(group(1));
  }

  @Test
  void whatIsWellIsFoundSoAndNothingIsChanged() {
    var run = look();

    assertThat(run.diagnostics().all()).isEmpty();
    assertThat(run.changes()).isEmpty();
    assertThat(calls)
        .containsExactly("caller", "settled", "instances", "instances", "cloud closed");
    assertThat(server.asked()).allMatch(asked -> asked.startsWith("GET "));
  }

  @Test
  void anotherAccountIsAskedNothing() {
    cloud.refusals.put("caller", Code.WRONG_ACCOUNT);

    assertThat(look().succeeded()).isFalse();
    assertThat(calls).containsExactly("caller", "cloud closed");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void anotherClustersApiSaysNothingOfThisOne() {
    issuer("https://other.test");

    assertThat(codes()).containsExactly(Code.ANOTHER_CLUSTER);
    assertThat(server.asked()).noneMatch(asked -> asked.equals("GET " + RECORD));
  }

  @Test
  void aStackThatIsMissingIsNamed() {
    cloud.standing.remove("x-etcd");

    assertThat(messages()).containsExactly("the stack x-etcd does not stand");
  }

  @ParameterizedTest
  @EnumSource(names = {"ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "DELETE_FAILED"})
  void aStackThatHoldsNothingIsNamed(StackStatus status) {
    stands("x-network", status);

    assertThat(messages()).containsExactly("the stack x-network does not stand");
  }

  @Test
  void aGroupThatLacksAnInstanceIsNamed() {
    cloud.instances.set(0, group(2));

    assertThat(messages())
        .containsExactly("the Auto Scaling group of x-pool-worker has 1 of 2 instances in service");
  }

  @Test
  void aNodeThatIsNotReadyIsNamed() {
    node("False");

    assertThat(messages()).containsExactly("node i-1: not ready: its kubelet said nothing yet");
  }

  @Test
  void anApiThatIsDownIsNotWell() {
    server.isSilent("/readyz");

    assertThat(look().succeeded()).isFalse();
  }

  @Test
  void whatWasNeverDeployedIsNotWellWhateverRunsThere() {
    server.refuses(RECORD, 404);

    assertThat(messages()).containsExactly("no deploy of it is recorded");
  }

  @Test
  void whatRunsAnotherReleaseIsNotWellWithThisOne() {
    var other = Digest.of("other").hex();
    recorded("succeeded", other, other);

    assertThat(messages())
        .containsExactly("it runs the release %s, not %s".formatted(other, release));
  }

  /** A deploy that changes nothing records nothing. */
  @Test
  void anotherReleaseThatMakesTheSameOfTheClusterIsThisOne() {
    recorded("succeeded", Digest.of("other").hex(), version);

    assertThat(messages()).isEmpty();
  }

  /** Its record has changed on main since, and a deploy of the same release is not due for that. */
  @Test
  void theReleaseCountsWhateverBecameOfTheRecord() {
    recorded("succeeded", release, Digest.of("before").hex());

    assertThat(messages()).isEmpty();
  }

  @Test
  void aDeployThatFailedIsNotWell() {
    recorded("failed at pools", release, version);

    assertThat(messages()).containsExactly("its last deploy failed at pools");
  }

  private void stands(String stackName, StackStatus status) {
    cloud.standing.put(stackName, RecordedCloud.stack(stackName.substring(2), status));
  }

  private static PoolInstances group(int desired) {
    var instance = new PoolInstances.Instance("i-1", "zone", "InService", Optional.of("1"));
    return new PoolInstances(
        "pool-worker", "x-pool-worker", desired, Optional.of("1"), List.of(instance));
  }

  private void issuer(String url) {
    server.says("GET", "/.well-known/openid-configuration", "{issuer: '%s'}".formatted(url));
  }

  private void node(String ready) {
    server.says(
        "GET",
        "/api/v1/nodes",
        "{items: [{metadata: {name: 'i-1'}, status: {conditions: [{type: 'Ready', status: '%s'}]}}]}"
            .formatted(ready));
  }

  private void recorded(String outcome, String of, String made) {
    server.says(
        "GET",
        RECORD,
        "{data: {outcome: '%s', release: '%s', version: '%s'}}".formatted(outcome, of, made));
  }

  private List<Code> codes() {
    return look().diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  private List<String> messages() {
    return look().diagnostics().all().stream().map(Diagnostic::message).toList();
  }

  /** The clock stands still, so the time is over at once. */
  private Run look() {
    var api = Outcome.of(server.api());
    try (var check = new HealthCheck(target, Duration.ZERO, cloud, api, Listener.SILENT, server)) {
      return check.run();
    }
  }
}
