package dev.fairway.deploy.kubernetes;

import static dev.fairway.deploy.kubernetes.FakeServer.done;
import static dev.fairway.deploy.kubernetes.FakeServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.kubernetes.PrunePlan.Leftover;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is ours, and what of it may go. */
class OwnershipTest {
  private static final String MAP = "/api/v1/namespaces/kube-system/configmaps/fairway-inventory";
  private static final String MAPS = "/api/v1/namespaces/kube-system/configmaps";
  private static final Digest RELEASE = Digest.of("release");

  private final FakeServer server = new FakeServer();
  private final ClusterApi api = server.api();
  private final Inventory inventory = new Inventory(api, Guard.NONE);
  private final Deadline soon = Deadline.in(Duration.ofMinutes(5), server);

  private static Manifests manifests(String... names) {
    return new Manifests(
        List.of(names).stream()
            .map(name ->
                Manifest.of(
                    "f",
                    Json.of(
                        "{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: '%s', namespace: 'x'}}"
                            .formatted(name))))
            .toList());
  }

  private static String stored(String cluster, String objects) {
    return """
    {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'fairway-inventory',
       namespace: 'kube-system', resourceVersion: '7',
       labels: {'applyset.kubernetes.io/id': '%s', mine: 'kept'},
       annotations: {'applyset.kubernetes.io/tooling': 'fairway/v1',
         'applyset.kubernetes.io/contains-group-kinds': 'ConfigMap',
         'applyset.kubernetes.io/additional-namespaces': 'x'}},
     data: {cluster: '%s', objects: '%s', release: '%s'}}
    """
        .formatted(ApplySet.ID, cluster, objects, RELEASE.hex());
  }

  private Inventory.Owned read() {
    return inventory.read(soon).value().orElseThrow();
  }

  private static String ours() {
    return FakeServer.cluster().id().toString();
  }

  @Test
  void theFirstIntentIsCreated() {
    server.on("POST", MAPS, done("{metadata: {resourceVersion: '1'}}"));

    assertThat(inventory.intend(read(), manifests("b", "a"), soon).value()).isPresent();

    var sent = server.requests().getLast().body().orElseThrow();
    assertThat(sent.at("/data/objects").asText()).isEqualTo("v1 ConfigMap x a\nv1 ConfigMap x b\n");
    assertThat(sent.at("/data/cluster").asText()).isEqualTo(ours());
    assertThat(sent.path("data").has("release")).as("none was applied as a whole").isFalse();
  }

  @Test
  void theIntentNamesOldAndNewAndTheResultOnlyTheNew() {
    server.on("GET", MAP, done(stored(ours(), "v1 ConfigMap x old\\n")));
    server.on("PUT", MAP, done("{metadata: {resourceVersion: '8'}}"));

    var intent = inventory.intend(read(), manifests("new"), soon).value().orElseThrow();
    var sent = server.requests().getLast().body().orElseThrow();
    assertThat(sent.at("/data/objects").asText())
        .isEqualTo("v1 ConfigMap x new\nv1 ConfigMap x old\n");
    assertThat(sent.at("/metadata/resourceVersion").asText()).isEqualTo("7");
    assertThat(sent.at("/metadata/labels/mine").asText()).isEqualTo("kept");

    inventory.settle(intent, manifests("new"), RELEASE, soon);
    assertThat(server.requests().getLast().body().orElseThrow().at("/data/objects").asText())
        .isEqualTo("v1 ConfigMap x new\n");
  }

  @Test
  void nothingIsWrittenWhenNothingDiffers() {
    server.on("GET", MAP, done(stored(ours(), "v1 ConfigMap x a\\n")));

    var intent = inventory.intend(read(), manifests("a"), soon).value().orElseThrow();
    inventory.settle(intent, manifests("a"), RELEASE, soon);

    assertThat(server.asked()).containsExactly("GET " + MAP);
  }

  @Test
  void anothersInventoryAndAnEditedOneAreRefused() {
    server.on("GET", MAP, done(stored("aws:999999999999:eu-central-1:other", "")));
    assertThat(codes(inventory.read(soon))).containsExactly(Code.FOREIGN_INVENTORY);

    server.on("GET", MAP, done(stored(ours(), "everything")));
    assertThat(codes(inventory.read(soon))).containsExactly(Code.FOREIGN_INVENTORY);
  }

  @Test
  void aMebibyteIsTheLimit() {
    var many = IntStream.range(0, 5000).mapToObj(i -> "n".repeat(200) + i).toArray(String[]::new);

    assertThat(codes(inventory.intend(read(), manifests(many), soon)))
        .containsExactly(Code.INVENTORY_TOO_LARGE);
    assertThat(server.asked()).containsExactly("GET " + MAP);
  }

  private static List<Code> codes(dev.fairway.diagnostic.Outcome<?> outcome) {
    return outcome.diagnostics().all().stream().map(Diagnostic::code).toList();
  }

  private void discovery() {
    server.on(
        "GET",
        "/api",
        done(
            """
            {items: [{metadata: {}, versions: [{version: 'v1', resources: [
              {resource: 'configmaps', scope: 'Namespaced', responseKind: {kind: 'ConfigMap'}}]}]}]}
            """));
    server.on("GET", "/apis", done("{items: []}"));
  }

  private static String live(String name, String label) {
    return """
    {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: '%s', namespace: 'x', uid: 'u',
       resourceVersion: '3', labels: {'applyset.kubernetes.io/part-of': '%s'}}}
    """
        .formatted(name, label);
  }

  private static String path(String name) {
    return "/api/v1/namespaces/x/configmaps/" + name;
  }

  @Test
  void exactlyWhatIsOursAndNotInTheReleaseIsDeletedAsItWasSeen() {
    discovery();
    var lines =
        "v1 ConfigMap x a\\nv1 ConfigMap x gone\\nv1 ConfigMap x old\\nv1 ConfigMap x taken\\n";
    server.on("GET", MAP, done(stored(ours(), lines)));
    server.on("GET", path("old"), done(live("old", ApplySet.ID)), done(live("old", ApplySet.ID)));
    server.on("GET", path("taken"), done(live("taken", "applyset-other")));
    var prune = new Prune(api, Guard.NONE);

    var plan = prune.plan(read(), manifests("a"), soon).value().orElseThrow();
    assertThat(plan.deleted()).extracting(ObjectRef::name).containsExactly("old");
    assertThat(plan.strangers()).extracting(ObjectRef::name).containsExactly("taken");

    server.on("GET", path("old"), done(live("old", ApplySet.ID)), refused(404, "{}"));
    server.on("DELETE", path("old"), done("{}"));
    var done = prune.run(plan, soon, Listener.SILENT);
    assertThat(done.value().orElseThrow()).extracting(ObjectRef::name).containsExactly("old");
    assertThat(codes(done)).containsExactly(Code.LEFT_ALONE);
    var deletion = server.requests().stream().filter(r -> r.method().equals("DELETE")).toList();
    assertThat(deletion).hasSize(1);
    assertThat(deletion.getFirst().body().orElseThrow().path("preconditions").toString())
        .isEqualTo("{\"uid\":\"u\",\"resourceVersion\":\"3\"}");
  }

  @Test
  void whatIsTakenOverWhilePruningIsLeftAlone() {
    discovery();
    server.on("GET", path("old"), done(live("old", "somebody")));
    var plan =
        new PrunePlan(
            List.of(new Leftover(ObjectRef.of("v1", "ConfigMap", "x", "old"), false)), List.of());

    var done = new Prune(api, Guard.NONE).run(plan, soon, Listener.SILENT);

    assertThat(done.value().orElseThrow()).isEmpty();
    assertThat(codes(done)).containsExactly(Code.LEFT_ALONE);
    assertThat(server.asked()).noneMatch(asked -> asked.startsWith("DELETE"));
  }

  @Test
  void whatIsOwnedByAVersionOfOldIsFoundByTheOneThatIsServed() {
    discovery();
    server.on("GET", MAP, done(stored(ours(), "v1beta1 ConfigMap x old\\n")));
    server.on("GET", path("old"), done(live("old", ApplySet.ID)));

    var plan = new Prune(api, Guard.NONE).plan(read(), manifests("a"), soon).value().orElseThrow();

    assertThat(plan.deleted()).containsExactly(ObjectRef.of("v1", "ConfigMap", "x", "old"));
  }

  @Test
  void aKindThatIsDefinedAndNotServedYetIsNotTakenForGone() {
    discovery();
    server.on("GET", MAP, done(stored(ours(), "shop.test/v1 Cart x old\\n")));
    var definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    var carts = "{spec: {group: 'shop.test', names: {kind: 'Cart'}}}";
    server.on("GET", definitions, done("{items: [" + carts + "]}"), done("{items: []}"));
    var prune = new Prune(api, Guard.NONE);

    assertThat(codes(prune.plan(read(), manifests("a"), soon)))
        .containsExactly(Code.NOT_ESTABLISHED);
    assertThat(prune.plan(read(), manifests("a"), soon).value().orElseThrow().deleted())
        .as("gone with its definition")
        .isEmpty();
  }

  @Test
  void theBudgetCountsAndAsksForNames() {
    var some =
        new PrunePlan(
            List.of(
                new Leftover(ObjectRef.ofCluster("v1", "Namespace", "shop"), true),
                new Leftover(ObjectRef.of("apps/v1", "StatefulSet", "shop", "db"), true),
                new Leftover(ObjectRef.of("v1", "Service", "shop", "db"), false)),
            List.of());

    assertThat(
            new DeletionBudget(1, Set.of("Namespace/shop", "StatefulSet/shop/db"))
                .judge(some)
                .value())
        .isPresent();
    assertThat(
            new DeletionBudget(0, Set.of("Namespace/shop"))
                .judge(some).diagnostics().all().stream().map(Diagnostic::remedy))
        .containsExactlyInAnyOrder(
            "put it back into the release, or deploy with --allow-deletion StatefulSet/shop/db",
            "put them back into the release, or deploy with --max-deletions 1");
  }
}
