package dev.fairway.e2e;

import static dev.fairway.e2e.ReleaseOnCluster.replaced;
import static dev.fairway.e2e.ReleaseOnCluster.soon;
import static dev.fairway.e2e.ReleaseOnCluster.value;
import static dev.fairway.e2e.ReleaseOnCluster.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.DeletionBudget;
import dev.fairway.deploy.kubernetes.DeployLease;
import dev.fairway.deploy.kubernetes.Guard;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.kubernetes.ObjectChange;
import dev.fairway.deploy.kubernetes.ObjectDifference;
import dev.fairway.deploy.kubernetes.ObjectDrift;
import dev.fairway.deploy.kubernetes.ObjectRef;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The objects of a release on a real API server with its controllers. */
@Order(2)
@Tag("e2e")
@Item(2)
final class ManifestsTest {
  private static final ObjectRef COREDNS =
      ObjectRef.of("apps/v1", "Deployment", "kube-system", "coredns");
  private static final String LEFTOVER =
      """
      {"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "b"},
       "metadata": {"name": "leftover", "namespace": "kube-system"}}
      """;
  private static final String LEFTOVER_ROLE =
      """
      {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "rules": [],
       "metadata": {"name": "leftover"}}
      """;
  private static final String LEFTOVER_CLASS =
      """
      {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
       "metadata": {"name": "leftover"}, "provisioner": "example.org/none"}
      """;

  private static final Set<String> EXTRAS =
      Set.of("StorageClass/leftover", "CustomResourceDefinition/widgets.example.org");

  private static ControlPlane controlPlane;
  private static Manifests release;
  private static ReleaseOnCluster cluster;

  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "manifests");
    release = Manifests.of(Assemblies.of("e2e"));
    cluster = ReleaseOnCluster.of(controlPlane, "e2e");
    var first = value(cluster.deploy(release));
    assertThat(first.changed()).hasSameSizeAs(release.all());
    assertThat(first.deleted()).isEmpty();
  }

  @AfterAll
  static void stop() {
    cluster.api().close();
    controlPlane.close();
  }

  @BeforeEach
  void nothingIsLeftOfWhatATestDid() {
    var admin = controlPlane.admin();
    admin.apps().deployments().inNamespace("kube-system").withName("coredns").delete();
    admin.configMaps().inNamespace("kube-system").withName("leftover").delete();
    admin.secrets().inNamespace("kube-system").withName("leftover").delete();
    admin.leases().inNamespace("kube-system").withName("fairway-deploy").delete();
    inventoryOf(cluster.api().cluster().id().toString());
    value(cluster.deploy(release, new DeletionBudget(9, EXTRAS), Guard.NONE));
  }

  @Test
  void anUnchangedReleaseWritesNothing() {
    var before = cluster.versions(release);
    assertThat(before).doesNotContainValue("none").hasSize(release.all().size() + 1);

    var again = value(cluster.deploy(release));

    assertThat(again.changed()).isEmpty();
    assertThat(again.deleted()).isEmpty();
    assertThat(cluster.versions(release)).isEqualTo(before);
  }

  @Test
  void whatThePreviousReleaseHadIsPrunedAndNothingElse() {
    value(cluster.deploy(with(release, LEFTOVER, LEFTOVER_ROLE)));
    controlPlane.admin().resource(configMap("somebody-elses")).serverSideApply();
    var before = cluster.versions(release);

    var after = value(cluster.deploy(release));

    assertThat(after.deleted().stream().map(ObjectRef::toString))
        .containsExactlyInAnyOrder("ConfigMap/kube-system/leftover", "ClusterRole/leftover");
    assertThat(after.changed()).isEmpty();
    assertThat(cluster.live(ref(LEFTOVER))).isEmpty();
    assertThat(cluster.live(ref(LEFTOVER_ROLE))).isEmpty();
    assertThat(configMapLives("somebody-elses")).isTrue();
    var inventory = ObjectRef.of("v1", "ConfigMap", "kube-system", "fairway-inventory");
    assertThat(cluster.versions(release)).usingRecursiveComparison().isNotEqualTo(before);
    var versions = cluster.versions(release);
    versions.remove(inventory);
    before.remove(inventory);
    assertThat(versions).isEqualTo(before);
  }

  @Test
  void whatLostOurLabelIsLeftAlone() {
    value(cluster.deploy(with(release, LEFTOVER)));
    controlPlane
        .admin()
        .configMaps()
        .inNamespace("kube-system")
        .withName("leftover")
        .edit(
            map -> new ConfigMapBuilder(map).editMetadata().withLabels(null).endMetadata().build());

    var after = cluster.deploy(release);

    assertThat(value(after).deleted()).isEmpty();
    assertThat(after.diagnostics().all()).extracting(Diagnostic::code).contains(Code.LEFT_ALONE);
    assertThat(configMapLives("leftover")).isTrue();
  }

  @Test
  void somebodyElsesFieldSurvivesAChangeOfOurs() {
    apply(
        "team",
        """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "coredns", "namespace": "kube-system",
           "annotations": {"team.example.org/seen": "yes"}}}
        """);

    var changed =
        value(
            cluster.deploy(
                replaced(
                    release,
                    COREDNS,
                    "/spec/template/spec/priorityClassName",
                    "\"system-node-critical\"")));

    assertThat(changed.changed()).containsExactly(COREDNS);
    assertThat(changed.changes().stream().filter(ObjectChange::isChange).toList())
        .singleElement()
        .extracting(ObjectChange::fields)
        .isEqualTo(List.of(".spec.template.spec.priorityClassName"));
    assertThat(cluster.live(COREDNS).orElseThrow().getMetadata().getAnnotations())
        .containsEntry("team.example.org/seen", "yes");
  }

  @Test
  void aConflictIsToldWithBothValuesAndChangesNothing() {
    scale("hpa", 5);
    var before = cluster.versions(release);

    var refused = cluster.deploy(with(release, LEFTOVER));

    assertThat(refused.value()).isEmpty();
    assertThat(refused.diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.FIELD_CONFLICT);
          assertThat(diagnostic.message())
              .isEqualTo(
                  "Deployment/kube-system/coredns: .spec.replicas is held by hpa: it says 5, the"
                      + " release says 3");
        });
    assertThat(cluster.live(ref(LEFTOVER))).isEmpty();
    assertThat(cluster.versions(release)).isEqualTo(before);
  }

  @Test
  void everythingThatIsRefusedIsToldAtOnceAndChangesNothing() {
    var before = cluster.versions(release);

    var refused =
        cluster.deploy(
            replaced(
                with(
                    release,
                    LEFTOVER,
                    """
                    {"apiVersion": "v1", "kind": "Service", "spec": {"portz": []},
                     "metadata": {"name": "typo", "namespace": "kube-system"}}
                    """,
                    """
                    {"apiVersion": "example.org/v1", "kind": "Unheard",
                     "metadata": {"name": "of", "namespace": "kube-system"}}
                    """),
                COREDNS,
                "/spec/selector/matchLabels",
                "{\"app.kubernetes.io/name\": \"other\"}"));

    assertThat(refused.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactlyInAnyOrder(Code.OBJECT_REFUSED, Code.IMMUTABLE_FIELD, Code.UNKNOWN_KIND);
    assertThat(cluster.live(ref(LEFTOVER))).isEmpty();
    assertThat(cluster.versions(release)).isEqualTo(before);
  }

  @Test
  void theDeletionBudgetRefusesAndChangesNothing() {
    var previous = with(release, LEFTOVER, LEFTOVER_ROLE, LEFTOVER_CLASS);
    value(cluster.deploy(previous));
    var before = cluster.versions(previous);

    var refused = cluster.deploy(release, new DeletionBudget(1, Set.of()), Guard.NONE);

    assertThat(refused.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.DELETION_BUDGET, Code.DELETION_BUDGET);
    assertThat(refused.diagnostics().all().stream().map(Diagnostic::remedy))
        .anySatisfy(remedy -> assertThat(remedy).contains("--allow-deletion StorageClass/leftover"))
        .anySatisfy(remedy -> assertThat(remedy).contains("--max-deletions 2"));
    assertThat(cluster.versions(previous)).isEqualTo(before);

    var allowed =
        value(
            cluster.deploy(
                release, new DeletionBudget(2, Set.of("StorageClass/leftover")), Guard.NONE));
    assertThat(allowed.deleted()).hasSize(3);
  }

  @Test
  void whatDoesNotGoAwayIsToldWithWhoHoldsItAndTheNextRunFinishes() {
    var held =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "leftover",
          "namespace": "kube-system", "finalizers": ["example.org/keep"]}}
        """;
    value(cluster.deploy(with(release, held)));

    var stuck = cluster.deploy(release, Duration.ofSeconds(3));

    assertThat(stuck.diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.STUCK_DELETION);
          assertThat(diagnostic.message())
              .isEqualTo(
                  "ConfigMap/kube-system/leftover does not go away: it waits for example.org/keep");
        });
    controlPlane
        .admin()
        .configMaps()
        .inNamespace("kube-system")
        .withName("leftover")
        .edit(
            map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());
    value(cluster.deploy(release));
    assertThat(configMapLives("leftover")).isFalse();
  }

  @Test
  void aKindAndItsObjectComeAndGrowTogether() {
    var first = definition("size");
    var created = value(cluster.deploy(with(release, first, widget("size"))));
    assertThat(created.changed()).hasSize(2);

    // The object has a field that only the new definition knows.
    var grown = value(cluster.deploy(with(release, definition("colour"), widget("colour"))));
    assertThat(grown.changed()).hasSize(2);

    var gone =
        value(
            cluster.deploy(
                release,
                new DeletionBudget(1, Set.of("CustomResourceDefinition/widgets.example.org")),
                Guard.NONE));
    assertThat(gone.deleted().stream().map(ObjectRef::kind))
        .containsExactly("Widget", "CustomResourceDefinition");
  }

  @Test
  void twoAtOnceOneWaitsOrIsRefused() {
    var second = ReleaseOnCluster.of(controlPlane, "e2e").api();
    try (var held = value(lease("ada", cluster.api(), Duration.ofSeconds(30), Duration.ZERO))) {
      assertThat(held.isHeld()).isTrue();
      var refused = lease("bob", second, Duration.ofSeconds(30), Duration.ofSeconds(1));
      assertThat(refused.diagnostics().all())
          .singleElement()
          .satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo(Code.LEASE_HELD);
            assertThat(diagnostic.message()).contains("ada since 2");
          });
    }
    // Given back: nobody waits for it to expire.
    try (var next = value(lease("bob", second, Duration.ofSeconds(30), Duration.ZERO))) {
      assertThat(next.isHeld()).isTrue();
    }
    second.close();
  }

  @Test
  void theLeaseOfAKilledProcessExpires() {
    var leases = controlPlane.admin().leases().inNamespace("kube-system");
    // Its clock is an hour ahead: only that it is not renewed counts.
    var ahead = Instant.now().plusSeconds(3600).atZone(ZoneOffset.UTC);
    leases
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName("fairway-deploy")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("killed")
                .withLeaseDurationSeconds(3)
                .withAcquireTime(ahead)
                .withRenewTime(ahead)
                .endSpec()
                .build())
        .create();
    var asked = Instant.now();

    try (var taken =
        value(lease("next", cluster.api(), Duration.ofSeconds(30), Duration.ofSeconds(10)))) {
      assertThat(taken.isHeld()).isTrue();
      assertThat(Duration.between(asked, Instant.now()))
          .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(7));
    }
  }

  private boolean takeover(String holder) {
    controlPlane
        .admin()
        .leases()
        .inNamespace("kube-system")
        .withName("fairway-deploy")
        .edit(lease ->
            new LeaseBuilder(lease).editSpec().withHolderIdentity(holder).endSpec().build());
    return true;
  }

  @Test
  void aLeaseIsRenewedAndWhoLosesItStopsWriting() throws InterruptedException {
    try (var held = value(lease("ada", cluster.api(), Duration.ofSeconds(3), Duration.ZERO))) {
      Thread.sleep(4000);
      assertThat(held.isHeld()).as("renewed beyond its duration").isTrue();
      // The holder may renew it between the look and the change.
      Eventually.holds("bob takes it", Duration.ofSeconds(5), () -> takeover("bob"));
      Eventually.holds("it is noticed", Duration.ofSeconds(2), () -> !held.isHeld());

      var stopped = cluster.deploy(with(release, LEFTOVER), DeletionBudget.DEFAULT, held);

      assertThat(stopped.diagnostics().all())
          .singleElement()
          .satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo(Code.LEASE_LOST);
            assertThat(diagnostic.message()).contains("bob took it");
          });
      assertThat(cluster.live(ref(LEFTOVER))).isEmpty();
    }
  }

  @Test
  void driftIsWhatIsOursAndDiffers() {
    value(cluster.deploy(with(release, LEFTOVER)));
    var service = ObjectRef.of("v1", "Service", "kube-system", "metrics-server");
    scale("hand", 7);
    apply(
        "team",
        """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "coredns", "namespace": "kube-system",
           "annotations": {"team.example.org/seen": "yes"}}}
        """);
    controlPlane.admin().services().inNamespace("kube-system").withName(service.name()).delete();

    var drift = value(new ObjectDrift(cluster.api()).of(release, soon()));

    assertThat(drift.stream().map(found -> found.ref() + " " + found))
        .containsExactlyInAnyOrder(
            "Deployment/kube-system/coredns .spec.replicas is 7, set by hand, and the release says"
                + " 3",
            "Service/kube-system/metrics-server is missing",
            "ConfigMap/kube-system/leftover is in no release any more");
    nothingIsLeftOfWhatATestDid();
    assertThat(value(new ObjectDrift(cluster.api()).of(release, soon()))).isEmpty();
  }

  @Test
  void aSecretsValuesAreNeverShown() {
    var secret =
        """
        {"apiVersion": "v1", "kind": "Secret", "data": {"password": "%s"},
         "metadata": {"name": "leftover", "namespace": "kube-system"}}
        """;
    var mine = with(release, secret.formatted("bWluZQ=="));
    value(cluster.deploy(mine));
    apply("thief", secret.formatted("dGhlaXJz"));

    var refused = cluster.deploy(mine);
    var drift = value(new ObjectDrift(cluster.api()).of(mine, soon()));

    assertThat(refused.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.FIELD_CONFLICT);
    assertThat(drift).singleElement().isInstanceOf(ObjectDifference.Field.class);
    assertThat(refused.diagnostics() + drift.toString())
        .doesNotContain("bWluZQ==", "dGhlaXJz", "mine", "theirs")
        .contains("password", "(hidden)");
  }

  @Test
  void anotherClustersInventoryIsNotTouched() {
    inventoryOf("aws:999999999999:eu-central-1:other");

    var refused = cluster.deploy(with(release, LEFTOVER));

    assertThat(refused.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.FOREIGN_INVENTORY);
    assertThat(cluster.live(ref(LEFTOVER))).isEmpty();
  }

  @Test
  void aKubeconfigOfAnotherClusterIsFoundOut() {
    assertThat(value(cluster.api().isThere())).isTrue();
    value(cluster.api().awaitReady(soon(), Listener.SILENT));
    value(cluster.api().belongsToCluster(soon()));
    var other =
        value(
            ClusterApi.of(
                ReleaseOnCluster.cluster("shop"),
                controlPlane.kubeconfig(),
                InstantSource.system()));

    assertThat(other.belongsToCluster(soon()).diagnostics().all())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.code()).isEqualTo(Code.ANOTHER_CLUSTER);
          assertThat(diagnostic.message()).contains("its issuer is https://e2e.test.example.org");
        });
    other.close();
  }

  private static Outcome<DeployLease> lease(
      String holder, ClusterApi api, Duration duration, Duration wait) {
    return DeployLease.take(
        api, holder, duration, Deadline.in(wait, InstantSource.system()), Listener.SILENT);
  }

  private static void inventoryOf(String id) {
    controlPlane
        .admin()
        .configMaps()
        .inNamespace("kube-system")
        .withName("fairway-inventory")
        .edit(map -> new ConfigMapBuilder(map).addToData("cluster", id).build());
  }

  private static void scale(String manager, int replicas) {
    apply(
        manager,
        """
        {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": %d},
         "metadata": {"name": "coredns", "namespace": "kube-system"}}
        """
            .formatted(replicas));
    // What its controller writes about that would otherwise pass for our own writing.
    var scaled =
        controlPlane.admin().apps().deployments().inNamespace("kube-system").withName("coredns");
    Eventually.holds(
        "its controller has seen it, and has no more to say",
        Duration.ofSeconds(40),
        () -> {
          var then = scaled.get();
          Thread.sleep(3000);
          var now = scaled.get();
          return now.getMetadata()
                  .getResourceVersion()
                  .equals(then.getMetadata().getResourceVersion())
              && Objects.equals(
                  now.getMetadata().getGeneration(), now.getStatus().getObservedGeneration());
        });
  }

  /** As another field manager, by force. */
  private static void apply(String manager, String json) {
    var context = PatchContext.of(PatchType.SERVER_SIDE_APPLY);
    context.setFieldManager(manager);
    context.setForce(true);
    var ref = ref(json);
    controlPlane
        .admin()
        .genericKubernetesResources(ref.apiVersion(), ref.kind())
        .inNamespace(ref.namespace().orElseThrow())
        .withName(ref.name())
        .patch(context, json);
  }

  private static ObjectRef ref(String json) {
    return ReleaseOnCluster.manifest(json).ref();
  }

  private static io.fabric8.kubernetes.api.model.ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("kube-system")
        .endMetadata()
        .build();
  }

  private static boolean configMapLives(String name) {
    return controlPlane.admin().configMaps().inNamespace("kube-system").withName(name).get()
        != null;
  }

  private static String definition(String field) {
    return """
    {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
     "metadata": {"name": "widgets.example.org"},
     "spec": {"group": "example.org", "scope": "Cluster",
       "names": {"kind": "Widget", "plural": "widgets", "singular": "widget", "listKind": "WidgetList"},
       "versions": [{"name": "v1", "served": true, "storage": true,
         "schema": {"openAPIV3Schema": {"type": "object",
           "properties": {"spec": {"type": "object", "properties": {"%s": {"type": "string"}}}}}}}]}}
    """
        .formatted(field);
  }

  private static String widget(String field) {
    return """
    {"apiVersion": "example.org/v1", "kind": "Widget", "metadata": {"name": "one"},
     "spec": {"%s": "x"}}
    """
        .formatted(field);
  }
}
