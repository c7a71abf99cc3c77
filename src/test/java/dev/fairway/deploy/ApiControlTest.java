package dev.fairway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.aws.CdkCli;
import dev.fairway.deploy.kubernetes.DeletionBudget;
import dev.fairway.deploy.kubernetes.FakeServer;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Content;
import dev.fairway.model.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deploy asks of the API and when, and what it writes there. */
class ApiControlTest {
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
  private static final String LEASE = LEASES + "/fairway-deploy";
  private static final String MAPS = "/api/v1/namespaces/kube-system/configmaps";
  private static final String INVENTORY = MAPS + "/fairway-inventory";
  private static final String RECORD = MAPS + "/fairway-deploy-record";
  private static final String WEB = "/api/v1/namespaces/x/configmaps/web";
  private static final String OLD = "/api/v1/namespaces/x/configmaps/old";
  private static final String OBJECT =
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: x}}";

  private final FakeServer server = new FakeServer();
  private DeletionBudget budget = DeletionBudget.DEFAULT;
  private Duration limit = Duration.ofMinutes(5);
  private boolean withoutApi;

  ApiControlTest() {
    var lease =
        "{metadata: {resourceVersion: '1'}, spec: {holderIdentity: 'ada', leaseDurationSeconds:"
            + " 60}}";
    var map = "{metadata: {resourceVersion: '2'}}";
    var issuer = FakeServer.cluster().api().url();
    server
        .says("GET", "/readyz", "{}")
        .says("GET", "/.well-known/openid-configuration", "{issuer: '%s'}".formatted(issuer))
        .says("POST", LEASES, lease)
        .says("PUT", LEASE, lease)
        .says(
            "GET",
            "/api",
            """
            {items: [{metadata: {}, versions: [{version: 'v1', resources: [
              {resource: 'configmaps', scope: 'Namespaced', responseKind: {kind: 'ConfigMap'}}]}]}]}
            """)
        .says("GET", "/apis", "{items: []}")
        .says("POST", MAPS, map)
        .says("PUT", INVENTORY, map)
        .says("PUT", RECORD, map)
        .says("PATCH", WEB, "{metadata: {resourceVersion: '3'}}");
  }

  @Test
  void anApiIsProvenBeforeItsLockIsTakenAndEnteredOnce() {
    try (var control = control()) {
      assertThat(control.enterIfThere(true)).isEqualTo(Outcome.of(List.of()));
      assertThat(control.enterIfThere(true)).isEqualTo(Outcome.of(List.of()));
      assertThat(control.enter()).isEqualTo(Outcome.of(List.of()));
      assertThat(control.objection()).isEmpty();
    }

    assertThat(asked())
        .containsExactly(
            "GET /readyz",
            "GET /.well-known/openid-configuration",
            "GET " + LEASE,
            "POST " + LEASES,
            "GET /readyz",
            "PUT " + LEASE);
  }

  @Test
  void whatIsLostIsObjectedTo() {
    try (var control = control()) {
      control.enter();
      server.pass(Duration.ofMinutes(1));
      assertThat(control.objection().map(Diagnostic::code)).contains(Code.LEASE_LOST);
    }
  }

  @Test
  void aNewClusterHasNoApiToAsk() {
    server.isSilent("/readyz");
    try (var control = control()) {
      assertThat(control.enterIfThere(false)).isEqualTo(Outcome.of(List.of()));
      assertThat(control.check()).isEqualTo(Outcome.of(List.of()));
      assertThat(control.objection()).isEmpty();
      assertThat(control.record(failed("foundation"), server.instant()))
          .isEqualTo(Diagnostics.NONE);
    }
    assertThat(asked()).containsExactly("GET /readyz");
  }

  @Test
  void mastersThatDoNotAnswerAreRefusedUnlessSomebodySaysOtherwise() {
    server.isSilent("/readyz");
    limit = Duration.ZERO;
    try (var control = control()) {
      assertThat(codes(control.enterIfThere(true))).containsExactly(Code.API_UNREACHABLE);
    }
    withoutApi = true;
    try (var control = control()) {
      assertThat(control.enterIfThere(true)).isEqualTo(Outcome.of(List.of()));
    }
  }

  @Test
  void whoeverIsRefusedDoesNotGoOnWithoutTheLock() {
    server.refuses("/readyz", 401);
    withoutApi = true;
    try (var control = control()) {
      assertThat(codes(control.enterIfThere(true))).containsExactly(Code.API_STRANGER);
      assertThat(codes(control.enterIfThere(false))).containsExactly(Code.API_STRANGER);
    }
  }

  @Test
  void theBudgetIsAskedBeforeAnythingIsWritten() {
    owns("v1 ConfigMap x old\\n");
    budget = new DeletionBudget(0, Set.of());
    try (var control = control()) {
      control.enter();
      assertThat(codes(control.check())).containsExactly(Code.DELETION_BUDGET);
      assertThat(codes(control.apply())).containsExactly(Code.DELETION_BUDGET);
      assertThat(codes(control.prune())).containsExactly(Code.DELETION_BUDGET);
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void whatIsIntendedIsWrittenBeforeItIsApplied() {
    try (var control = control()) {
      control.enter();
      assertThat(control.apply().value().orElseThrow())
          .containsExactly(new Change("object", "ConfigMap/x/web", "changed"));
    }
    assertThat(written()).containsExactly("POST " + MAPS, "PATCH " + WEB);
  }

  @Test
  void whatIsPrunedLeavesTheInventoryAfterwards() {
    owns("v1 ConfigMap x old\\nv1 ConfigMap x web\\n");
    try (var control = control()) {
      control.enter();
      server.deletes(OLD);
      assertThat(control.prune().value().orElseThrow())
          .containsExactly(new Change("object", "ConfigMap/x/old", "deleted"));
    }
    assertThat(written()).containsExactly("DELETE " + OLD, "PUT " + INVENTORY);
    var data = server.sent("PUT", INVENTORY).path("data");
    assertThat(data.path("objects").asText()).isEqualTo("v1 ConfigMap x web\n");
    assertThat(data.path("release").asText()).isEqualTo(Digest.of("release").hex());
  }

  @Test
  void whoeverLostTheLockWritesNothing() {
    try (var control = control()) {
      control.enter();
      server.pass(Duration.ofMinutes(1));
      assertThat(codes(control.apply())).containsExactly(Code.LEASE_LOST);
      assertThat(control.record(failed("manifests"), server.instant()).all())
          .extracting(Diagnostic::code)
          .containsExactly(Code.LEASE_LOST);
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void theLockIsAskedForBeforeObjectsToo() {
    try (var control = control()) {
      control.enter();
      control.apply();
      server.says("GET", INVENTORY, server.sent("POST", MAPS).toString());
      server.pass(Duration.ofMinutes(1));
      assertThat(codes(control.apply())).containsExactly(Code.LEASE_LOST);
    }
    assertThat(written()).containsExactly("POST " + MAPS, "PATCH " + WEB);
  }

  @Test
  void whatIsAsItShouldBeIsNoChange() {
    server.says("GET", WEB, "{metadata: {resourceVersion: '3'}}");
    try (var control = control()) {
      control.enter();
      assertThat(control.apply()).isEqualTo(Outcome.of(List.of()));
    }
    assertThat(written()).containsExactly("POST " + MAPS);
  }

  @Test
  void healthIsAskedOfWorkloadsAndOfNodes() {
    limit = Duration.ZERO;
    server.says("GET", "/api/v1/nodes", "{items: []}");
    try (var control = control()) {
      control.enter();
      assertThat(control.awaitMasters()).isEqualTo(Outcome.of(List.of()));
      assertThat(codes(control.awaitHealth(() -> Outcome.of(Set.of("i-1")))))
          .containsExactly(Code.UNHEALTHY_NODE);
    }
  }

  @Test
  void whichNodesThereShouldBeIsAskedAtEachLook() {
    limit = Duration.ofMillis(50);
    server.says("GET", "/api/v1/nodes", "{items: []}");
    var wanted = new ArrayDeque<Outcome<Set<String>>>();
    wanted.add(Outcome.of(Set.of("i-1")));
    wanted.add(Outcome.of(Set.of()));
    try (var control = control()) {
      control.enter();
      assertThat(control.awaitHealth(wanted::removeFirst)).isEqualTo(Outcome.of(List.of()));

      var denied = Diagnostic.general(Code.ACCESS_DENIED, "nobody may look", "none");
      wanted.add(new Outcome<>(Optional.empty(), Diagnostics.of(denied)));
      assertThat(codes(control.awaitHealth(wanted::removeFirst)))
          .containsExactly(Code.ACCESS_DENIED);
    }
  }

  @Test
  void aRunThatFailedIsRecorded() {
    try (var control = control()) {
      control.enter();
      control.record(failed("manifests"), server.instant());
    }
    var data = server.sent("POST", MAPS).path("data");
    assertThat(data.path("outcome").asText()).isEqualTo("failed at manifests");
    assertThat(data.path("by").asText()).isEqualTo("ada");
    assertThat(data.path("version").asText()).isEqualTo(target().assembly().desiredVersion().hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "secrets"})
  void aRunThatOnlyLookedIsNotRecorded(String step) {
    try (var control = control()) {
      control.enter();
      control.record(failed(step), server.instant());
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void aRunThatChangedNothingIsRecordedOnlyAfterAnother() {
    var version = target().assembly().desiredVersion().hex();
    recorded("succeeded", version);
    try (var control = control()) {
      control.enter();
      control.record(succeeded(), server.instant());
      assertThat(written()).as("the last one says so already").isEmpty();

      recorded("failed at pools", version);
      control.record(succeeded(), server.instant());
      assertThat(written()).as("the last one failed").containsExactly("PUT " + RECORD);

      recorded("succeeded", "another");
      control.record(succeeded(), server.instant());
      assertThat(written()).as("the last one was of another version").hasSize(2);
    }
  }

  @Test
  void aRunThatChangedSomethingIsRecorded() {
    recorded("succeeded", target().assembly().desiredVersion().hex());
    var change = new Change("object", "ConfigMap/x/web", "created");
    try (var control = control()) {
      control.enter();
      control.record(
          new Run(
              List.of(new StepReport("manifests", Duration.ZERO, true, List.of(change))),
              Diagnostics.NONE),
          server.instant());
    }
    assertThat(server.sent("PUT", RECORD).at("/data/changes").asText())
        .isEqualTo("object ConfigMap/x/web: created");
  }

  private void recorded(String outcome, String version) {
    server.says(
        "GET",
        RECORD,
        "{metadata: {resourceVersion: '1'}, data: {outcome: '%s', version: '%s'}}"
            .formatted(outcome, version));
  }

  private static Run succeeded() {
    return new Run(
        List.of(new StepReport("health", Duration.ZERO, true, List.of())), Diagnostics.NONE);
  }

  private static Run failed(String step) {
    return new Run(
        List.of(new StepReport(step, Duration.ZERO, false, List.of())),
        Diagnostics.of(Diagnostic.general(Code.API_FAILURE, step + " failed", "none")));
  }

  private void owns(String lines) {
    var cluster = FakeServer.cluster().id();
    server
        .says(
            "GET",
            INVENTORY,
            "{metadata: {resourceVersion: '1'}, data: {cluster: '%s', objects: '%s'}}"
                .formatted(cluster, lines))
        .owns(OLD);
  }

  private Control control() {
    var options =
        new DeployOptions("ada", limit, Duration.ofMinutes(1), Duration.ZERO, budget, withoutApi);
    var deadline = Deadline.in(limit, server);
    return new ApiControl(
        target(), options, Listener.SILENT, deadline, server, Outcome.of(server.api()));
  }

  private static Target target() {
    var bytes = OBJECT.getBytes(StandardCharsets.UTF_8);
    var files = new TreeMap<>(Map.of("manifests/web.yaml", Content.of(bytes)));
    var cluster = FakeServer.cluster();
    var assembly =
        new Assembly(cluster.id(), Digest.of("release"), List.of(), List.of("web"), files);
    var cdk = new CdkCli(Path.of("node"), Path.of("cdk"), Map.of());
    return new Target(cluster, assembly, Path.of("assembly"), cdk);
  }

  private List<String> asked() {
    return server.asked().stream().map(asked -> asked.replaceAll("\\?.*", "")).toList();
  }

  /** All writes but those of the lock, and tries of the server's. */
  private List<String> written() {
    return server.asked().stream()
        .filter(asked -> !asked.startsWith("GET ") && !asked.contains("/leases"))
        .filter(asked -> !asked.contains("dryRun"))
        .map(asked -> asked.replaceAll("\\?.*", ""))
        .toList();
  }

  private static List<Code> codes(Outcome<?> outcome) {
    return outcome.diagnostics().all().stream().map(Diagnostic::code).toList();
  }
}
