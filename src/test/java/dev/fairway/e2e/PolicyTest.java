package dev.fairway.e2e;

import static dev.fairway.e2e.ReleaseOnCluster.soon;
import static dev.fairway.e2e.ReleaseOnCluster.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.kubernetes.ObjectDrift;
import dev.fairway.e2e.PolicyTable.Request;
import dev.fairway.e2e.PolicyTable.Stage;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What defaults, admission policies and quotas make of workloads, asked of a real API server, with
 * the policies' settings on and off.
 */
@Tag("e2e")
@Item(8)
final class PolicyTest {
  /** Policies come into force when the API server has read them, soon after they are written. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final Set<String> KINDS =
      Set.of(
          "LimitRange",
          "MutatingAdmissionPolicy",
          "MutatingAdmissionPolicyBinding",
          "ResourceQuota",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding");

  private static ControlPlane controlPlane;
  private static ReleaseOnCluster cluster;
  private static Caller caller;

  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "policies");
    cluster = ReleaseOnCluster.of(controlPlane, "e2e");
    caller = Caller.of(controlPlane.admin().getConfiguration());
    namespace("team", Map.of());
    namespace("strict", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    namespace("free", Map.of("pod-security.kubernetes.io/enforce", "privileged"));
    namespace("alone", Map.of("fairway.dev/workload-policy", "off"));
    namespace("limited", Map.of());
    controlPlane.admin().resource(ownLimitRange()).create();
  }

  @AfterAll
  static void stop() {
    cluster.api().close();
    controlPlane.close();
  }

  static List<Stage> stages() {
    return PolicyTable.read().stages();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void workloadsBecomeWhatTheTableSays(Stage stage, Evidence evidence) {
    var manifests = Manifests.of(ChangedRecord.of("e2e").with(stage.settings()).assembly());
    value(cluster.deploy(manifests));
    quotasCount();
    if (stage.full()) {
      List.of("default", "kube-system").forEach(PolicyTest::occupy);
    }

    var wrong = answered(stage.requests());

    evidence
        .engine("kube-apiserver 1.36.2")
        .table(
            stage.name(),
            List.of("where", "what", "becomes"),
            stage.requests().stream()
                .map(request -> List.of(request.path(), request.says(), request.outcome()))
                .toList());
    assertThat(wrong).as(stage.name()).isEmpty();
    againChangesNothing(manifests);
    onlyTheseLive(manifests);
  }

  /** Nothing of our own is changed on its way in: a deploy would find it different for ever. */
  private static void againChangesNothing(Manifests manifests) {
    assertThat(value(cluster.deploy(manifests)).changed()).isEmpty();
    assertThat(value(new ObjectDrift(cluster.api()).of(manifests, soon()))).isEmpty();
  }

  /** What is switched off leaves nothing behind. */
  private static void onlyTheseLive(Manifests manifests) {
    for (var manifest : Manifests.of(Assemblies.of("e2e")).all()) {
      if (KINDS.contains(manifest.ref().kind())) {
        var isOn = manifests.all().stream().anyMatch(on -> on.ref().equals(manifest.ref()));
        assertThat(cluster.live(manifest.ref()).isPresent())
            .as(manifest.ref().toString())
            .isEqualTo(isOn);
      }
    }
  }

  /** Asks until all is right, for as long as policies may take; then says what is wrong. */
  private static Map<String, List<String>> answered(List<Request> requests) {
    var end = Instant.now().plus(SOON);
    var wrong = ask(requests);
    while (!wrong.isEmpty() && Instant.now().isBefore(end)) {
      wrong = ask(requests);
    }
    return wrong;
  }

  private static Map<String, List<String>> ask(List<Request> requests) {
    var wrong = new TreeMap<String, List<String>>();
    for (var request : requests) {
      var answer = caller.dry("POST", request.path(), request.object().toString());
      var complaints = request.complaints(answer);
      if (!complaints.isEmpty()) {
        wrong.put(request.path() + " " + request.says(), complaints);
      }
    }
    return wrong;
  }

  @Test
  void anotherSizeOfARunningPodHasMemoryLimitedToWhatIsRequested() {
    value(cluster.deploy(Manifests.of(Assemblies.of("e2e"))));
    var spec = (ObjectNode) PolicyTable.json("{\"nodeName\": \"node-a\", \"containers\": [{}]}");
    resources(spec, "200Mi", "200Mi");
    node();
    controlPlane.admin().resource(pod("sized", spec)).inNamespace("team").create();
    var path = "/api/v1/namespaces/team/pods/sized";
    var pod = (ObjectNode) PolicyTable.json(caller.dry("GET", path, "").body());
    resources((ObjectNode) pod.get("spec"), "300Mi", "500Mi");

    Eventually.holds(
        "the larger counts",
        SOON,
        () -> {
          var answer = caller.dry("PUT", path + "/resize", pod.toString());
          var memory = "/spec/containers/0/resources/requests/memory";
          return PolicyTable.json(answer.body()).at(memory).asText().equals("500Mi");
        });
  }

  private static void resources(ObjectNode spec, String request, String limit) {
    var resources = ((ObjectNode) spec.at("/containers/0")).putObject("resources");
    resources.putObject("requests").put("memory", request);
    resources.putObject("limits").put("memory", limit);
  }

  /** No pod is admitted while nobody has counted those that are there. */
  private static void quotasCount() {
    Eventually.holds(
        "quotas count",
        SOON,
        () ->
            controlPlane.admin().resourceQuotas().inAnyNamespace().list().getItems().stream()
                .allMatch(PolicyTest::counts));
  }

  private static boolean counts(ResourceQuota quota) {
    return quota.getStatus() != null
        && quota.getSpec().getHard().equals(quota.getStatus().getHard())
        && quota.getStatus().getUsed() != null;
  }

  /** Once it is let in: a policy that has just been switched off may still be at work. */
  private static void occupy(String namespace) {
    var path = "/api/v1/namespaces/" + namespace + "/pods";
    var pod = pod("occupant", (ObjectNode) PolicyTable.json("{\"containers\": [{}]}"));
    Eventually.holds(
        "a pod is let into " + namespace,
        SOON,
        () -> caller.dry("POST", path, pod).status() == 201);
    controlPlane.admin().resource(pod).inNamespace(namespace).create();
  }

  private static String pod(String name, ObjectNode spec) {
    var pod = PolicyTable.pod(spec);
    pod.withObject("/metadata").put("name", name);
    return pod.toString();
  }

  private static void node() {
    var room = Map.of("cpu", new Quantity("4"), "memory", new Quantity("8Gi"));
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName("node-a")
            .endMetadata()
            .withNewStatus()
            .withAllocatable(room)
            .withCapacity(room)
            .endStatus()
            .build();
    controlPlane.admin().resource(node).create();
    WrittenStatus.of(controlPlane.admin(), node, node.getStatus());
  }

  private static void namespace(String name, Map<String, String> labels) {
    var admin = controlPlane.admin();
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
    Eventually.holds(
        name + " has its service account",
        SOON,
        () -> admin.serviceAccounts().inNamespace(name).withName("default").get() != null);
  }

  private static LimitRange ownLimitRange() {
    return new LimitRangeBuilder()
        .withNewMetadata()
        .withName("own")
        .withNamespace("limited")
        .endMetadata()
        .withNewSpec()
        .addNewLimit()
        .withType("Container")
        .addToDefault("cpu", new Quantity("2"))
        .endLimit()
        .endSpec()
        .build();
  }
}
