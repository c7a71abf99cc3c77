package dev.fairway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.aws.StackDifference;
import dev.fairway.deploy.aws.StackStatus;
import dev.fairway.deploy.aws.TemplateDifference;
import dev.fairway.deploy.aws.ValueChange;
import dev.fairway.deploy.kubernetes.DeletionBudget;
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

/** A plan says what a deploy would do, and does none of it. */
class PlanTest {
  private final List<String> calls = new ArrayList<>();
  private final RecordedCloud cloud = new RecordedCloud(calls);
  private final FakeServer server = new FakeServer();
  private final Target target = DeployTest.target();

  @Test
  void nothingIsWritten() {
    server.isSilent("/readyz");
    cloud.surplus.add("x-pool-old");

    var report = plan();

    assertThat(calls)
        .containsExactly(
            "caller", "differences", "sizes", "removable", "instances", "cloud closed");
    assertThat(server.asked()).containsExactly("GET /readyz");
    assertThat(report.run().changes())
        .containsExactly(
            new Change(
                "secret",
                "all of " + target.cluster().localId() + "-foundation",
                "filled first: a deploy stops before it"),
            new Change("stack", "x-pool-old", "drained and deleted"));
    assertThat(report.run().diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.API_DOWN);
  }

  @Test
  void whatWouldBePrunedIsNamed() {
    var cluster = FakeServer.cluster();
    var inventory = "/api/v1/namespaces/kube-system/configmaps/fairway-inventory";
    server
        .says("GET", "/readyz", "{}")
        .says(
            "GET",
            "/.well-known/openid-configuration",
            "{issuer: '%s'}".formatted(cluster.api().url()))
        .says(
            "GET",
            "/api",
            """
            {items: [{metadata: {}, versions: [{version: 'v1', resources: [
              {resource: 'configmaps', scope: 'Namespaced', responseKind: {kind: 'ConfigMap'}}]}]}]}
            """)
        .says("GET", "/apis", "{items: []}")
        .says(
            "GET",
            inventory,
            "{data: {cluster: '%s', objects: 'v1 ConfigMap x old'}}".formatted(cluster.id()))
        .owns("/api/v1/namespaces/x/configmaps/old");

    assertThat(plan().run().changes()).contains(new Change("object", "ConfigMap/x/old", "deleted"));
    assertThat(server.asked()).allMatch(asked -> asked.startsWith("GET "));
  }

  @Test
  void secretsThatAreEmptyAreNamed() {
    server.isSilent("/readyz");
    var name = target.cluster().localId() + "-foundation";
    cloud.standing.put(name, RecordedCloud.stack("foundation", StackStatus.CREATE_COMPLETE));
    cloud.emptySecrets.add("fairway/x/ca");

    assertThat(plan().run().changes())
        .containsExactly(
            new Change("secret", "fairway/x/ca", "filled first: a deploy stops before it"));
  }

  @Test
  void aFoundationThatRolledBackHasNoSecretsYet() {
    server.isSilent("/readyz");
    var name = target.cluster().localId() + "-foundation";
    cloud.standing.put(name, RecordedCloud.stack("foundation", StackStatus.ROLLBACK_COMPLETE));
    cloud.emptySecrets.add("fairway/x/ca");

    assertThat(plan().run().changes())
        .contains(new Change("secret", "all of " + name, "filled first: a deploy stops before it"));
  }

  @Test
  void poolsThatWouldGetTheirSizesBackAreNamed() {
    server.isSilent("/readyz");
    cloud.otherSizes.addAll(List.of("x-pool-emptied", "x-pool-changed"));
    cloud.differences.add(
        new StackDifference(
            "pool-changed",
            "x-pool-changed",
            false,
            new TemplateDifference(List.of(), List.of(), List.of()),
            List.of(new ValueChange("PoolMinSize", Optional.of("1"), Optional.of("2"))),
            List.of(),
            Optional.empty(),
            false,
            false));

    assertThat(plan().run().changes())
        .contains(
            new Change("stack", "x-pool-changed", "parameter PoolMinSize: 1 → 2"),
            new Change("pool", "x-pool-emptied", "sizes put back"))
        .doesNotContain(new Change("pool", "x-pool-changed", "sizes put back"));
  }

  @Test
  void stacksThatOnlyPeopleCanMendAreNamedAfterAllElse() {
    server.isSilent("/readyz");
    cloud.surplus.add("x-pool-old");
    stands("etcd", StackStatus.UPDATE_ROLLBACK_FAILED);
    stands("pool-worker", StackStatus.DELETE_FAILED);
    stands("pool-old", StackStatus.DELETE_FAILED);

    var report = plan();

    assertThat(report.run().changes())
        .contains(new Change("stack", "x-pool-old", "drained and deleted"));
    assertThat(report.run().diagnostics().all())
        .filteredOn(diagnostic -> diagnostic.code() == Code.STACK_STUCK)
        .extracting(Diagnostic::message)
        .containsExactly(
            "stack x-etcd is in UPDATE_ROLLBACK_FAILED", "stack x-pool-worker is in DELETE_FAILED");
  }

  private void stands(String name, StackStatus status) {
    cloud.standing.put("x-" + name, RecordedCloud.stack(name, status));
  }

  @Test
  void whatADeployWouldRefuseIsRefused() {
    server.isSilent("/readyz");
    cloud.refusals.put("removable", Code.POOL_PROTECTED);
    assertThat(plan().run().diagnostics().all())
        .extracting(Diagnostic::code)
        .contains(Code.POOL_PROTECTED);
  }

  @Test
  void anotherClustersApiIsRefused() {
    server.says("GET", "/readyz", "{}");
    server.says("GET", "/.well-known/openid-configuration", "{issuer: 'https://other.test'}");

    assertThat(plan().run().diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.ANOTHER_CLUSTER);
  }

  private DeployReport plan() {
    var options =
        new DeployOptions(
            "ada",
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ZERO,
            DeletionBudget.DEFAULT,
            false);
    var api = Outcome.of(server.api());
    try (var plan = new Plan(target, options, cloud, api, Listener.SILENT, server)) {
      return plan.run();
    }
  }
}
