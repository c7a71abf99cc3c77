package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.e2e.HollowKubelets.Readiness;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.platform.cloud.InstanceTypes.Size;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The real scheduler finds a place for every pod of the platform, in the order in which a deploy
 * makes nodes: masters first, then the pools. Nodes are of the smallest type that a pool may get.
 */
@Order(2)
@Tag("e2e")
@Item(3)
final class SchedulingTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The controller manager waits before it takes pods away whose node is no more. */
  private static final Duration UNTIL_GONE = Duration.ofSeconds(150);

  private static final String GATE = "node-readiness-controller";
  private static final String STARTUP = "readiness.k8s.io/fairway-starting";

  private ControlPlane controlPlane;
  private HollowKubelets kubelets;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "scheduling");
    kubelets = HollowKubelets.start(controlPlane, Readiness.PLAYED);
    client = controlPlane.admin();
  }

  @AfterEach
  void stop() {
    kubelets.close();
    controlPlane.close();
  }

  @Test
  void everySystemPodFindsAPlace(Evidence evidence) {
    standIns(evidence);
    kubelets.register(masters());
    var objects = Manifests.of(Assemblies.of("e2e"));
    var later = objects.stream().filter(SchedulingTest::isForWorkersOnly).toList();
    var deployments = objects.stream().filter(o -> o.getKind().equals("Deployment")).toList();
    var first = deployments.stream().filter(o -> o.getMetadata().getName().equals(GATE)).toList();
    applyAllBut(join(deployments, later), objects);
    allRun("what runs on every node", 2);
    // A replica goes where there is room when it comes: without both masters all go to one.
    Manifests.apply(client, first);
    started(2);
    applyAllBut(join(first, later), deployments);
    allRun("the deployments", 2);
    assertThat(deploymentsOnOneNode()).isEmpty();

    kubelets.readiness(Readiness.LEFT_OUT);
    var pools = pools();
    kubelets.register(pools);
    allRun("what runs on every node", 2 + pools.size());

    var application = application();
    client.resource(application).create();
    kept(application, evidence);
    kubelets.readiness(Readiness.PLAYED);
    Eventually.holds("the application pod runs", PATIENCE, () -> isRunning(now(application)));
    Manifests.apply(client, later);
    allRun("what masters do not run", 2 + pools.size());
    evidence.table("nodes", List.of("node", "type", "profile", "pods"), table(pools));
    started(2 + pools.size());
    kubelets.requireSound();
  }

  /** All is applied at once, as a deploy does it, while only one master is there. */
  @Test
  void replicasWaitForTheSecondMaster(Evidence evidence) {
    standIns(evidence);
    var masters = masters().stream().map(SchedulingTest::roomy).toList();
    kubelets.register(masters.subList(0, 1));
    Manifests.apply(client, Manifests.of(Assemblies.of("e2e")));
    started(1);
    Eventually.holds("one replica of each runs", PATIENCE, () -> replicas(1, 1));
    waitForAMaster(evidence, "while the first master is alone");

    kubelets.register(masters.subList(1, 2));
    started(2);
    Eventually.holds("both replicas of each run", PATIENCE, () -> replicas(2, 0));
    assertThat(onMasters().values()).allMatch(SchedulingTest::areApart);

    // The zone of a master is lost; the group starts one in another zone.
    kubelets.terminate(masters.getFirst().name());
    Eventually.holds("one replica of each is left", UNTIL_GONE, () -> replicas(1, 1));
    waitForAMaster(evidence, "while a master is lost");
    kubelets.register(List.of(inZoneOf(masters.getLast(), masters.getFirst())));
    started(2);
    Eventually.holds("both replicas of each run", PATIENCE, () -> replicas(2, 0));
    assertThat(onMasters().values()).allMatch(SchedulingTest::areApart);
    kubelets.requireSound();
  }

  /** The pods of each Deployment for masters that has two replicas. */
  private Map<String, List<Pod>> onMasters() {
    var replicated =
        client.apps().deployments().inNamespace("kube-system").list().getItems().stream()
            .filter(deployment -> deployment.getSpec().getReplicas() == 2)
            .map(deployment -> deployment.getMetadata().getName())
            .toList();
    return systemPods().stream()
        .filter(pod -> "master".equals(pod.getSpec().getNodeSelector().get("fairway.dev/role")))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> replicated.contains(name(pod)))
        .collect(Collectors.groupingBy(SchedulingTest::name));
  }

  /** Of each so many replicas run, and so many wait. */
  private boolean replicas(int running, int waiting) {
    var pods = onMasters().values();
    return !pods.isEmpty()
        && pods.stream()
            .allMatch(of ->
                of.stream().filter(SchedulingTest::isRunning).count() == running
                    && of.stream().filter(pod -> !unschedulable(pod).isEmpty()).count() == waiting);
  }

  private static boolean areApart(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getSpec().getNodeName()).distinct().count() == pods.size();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getLabels().getOrDefault("app.kubernetes.io/name", "");
  }

  private void waitForAMaster(Evidence evidence, String when) {
    var waiting =
        onMasters().values().stream()
            .flatMap(List::stream)
            .filter(pod -> !unschedulable(pod).isEmpty())
            .toList();
    assertThat(waiting)
        .isNotEmpty()
        .extracting(SchedulingTest::unschedulable)
        .allMatch(message -> message.contains("topology spread constraints"));
    evidence.text("why replicas wait, " + when, unschedulable(waiting.getFirst()));
  }

  /** With room for all, so that nothing but the spread makes a pod wait. */
  private static HollowNode roomy(HollowNode node) {
    var size = node.size();
    return new HollowNode(
        node.name(),
        node.zone(),
        new Size(
            size.type(),
            size.architecture(),
            8 * size.vcpus(),
            size.memory().times(8),
            0,
            size.instanceStore()),
        node.disk(),
        node.config());
  }

  /** Another master, in the same zone as one that is there: its own has failed. */
  private static HollowNode inZoneOf(HollowNode there, HollowNode lost) {
    return new HollowNode(
        "i-0000000000000a001", there.zone(), lost.size(), lost.disk(), lost.config());
  }

  @Test
  void aNodeThatIsTooSmallLeavesAPodPending() {
    var objects = Manifests.of(Assemblies.of("e2e"));
    kubelets.register(masters().stream().map(SchedulingTest::halved).toList());
    Manifests.apply(client, objects);

    Eventually.holds(
        "the scheduler has no room",
        PATIENCE,
        () -> systemPods().stream().anyMatch(pod -> unschedulable(pod).contains("Insufficient")));
  }

  /** A deploy does not wait for it while the masters are the only nodes. */
  private static boolean isForWorkersOnly(GenericKubernetesResource object) {
    var kind = object.getKind();
    return (kind.equals("Deployment") || kind.equals("StatefulSet"))
        && !Serialization.asJson(object).contains("node-role.kubernetes.io/control-plane");
  }

  private static List<GenericKubernetesResource> join(
      List<GenericKubernetesResource> some, List<GenericKubernetesResource> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** Workers keep pods away until what they need is there, and say so. */
  private void kept(Pod application, Evidence evidence) {
    Eventually.holds(
        "the scheduler has judged all nodes",
        PATIENCE,
        () -> unschedulable(now(application)).contains("untolerated taint"));
    evidence.text(
        "why the application pod waits, " + STARTUP + " being on the nodes",
        unschedulable(now(application)));
    assertThat(now(application).getStatus().getPhase()).isEqualTo("Pending");
  }

  private void allRun(String what, int nodes) {
    Eventually.holds(
        what + " run",
        PATIENCE,
        () -> {
          kubelets.requireSound();
          var ready = client.nodes().list().getItems().stream().filter(this::isReady).count();
          var waiting = waiting();
          if (ready != nodes || !waiting.isEmpty()) {
            throw new IllegalStateException(ready + " nodes are ready, and wait: " + waiting);
          }
          return true;
        });
  }

  private List<String> waiting() {
    var apps = client.apps();
    return Stream.of(
            systemPods().stream().filter(pod -> !isRunning(pod)),
            apps.daemonSets().inNamespace("kube-system").list().getItems().stream()
                .filter(set -> !runs(set)),
            apps.deployments().inNamespace("kube-system").list().getItems().stream()
                .filter(deployment ->
                    !deployment
                        .getSpec()
                        .getReplicas()
                        .equals(deployment.getStatus().getReadyReplicas())),
            apps.statefulSets().inNamespace("kube-system").list().getItems().stream()
                .filter(
                    set -> !set.getSpec().getReplicas().equals(set.getStatus().getReadyReplicas())))
        .flatMap(objects -> objects)
        .map(object -> object.getKind() + " " + object.getMetadata().getName())
        .toList();
  }

  private static boolean runs(DaemonSet set) {
    var status = set.getStatus();
    return (status.getDesiredNumberScheduled() > 0 || isForSome(set))
        && status.getObservedGeneration() > 0
        && status.getDesiredNumberScheduled().equals(status.getNumberReady());
  }

  /** Of a kind of nodes that may not be there, as those with GPUs. */
  private static boolean isForSome(DaemonSet set) {
    return !set.getSpec().getTemplate().getSpec().getNodeSelector().isEmpty();
  }

  private boolean isReady(Node node) {
    var taints = taints(node);
    return !taints.contains(HollowNode.UNINITIALIZED.getKey())
        && !taints.contains("node.kubernetes.io/not-ready");
  }

  private static List<String> taints(Node node) {
    return node.getSpec().getTaints().stream().map(taint -> taint.getKey()).toList();
  }

  private List<Pod> systemPods() {
    return client.pods().inNamespace("kube-system").list().getItems();
  }

  private static boolean isRunning(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase());
  }

  /** What the scheduler says of a pod that it has no node for. */
  private static String unschedulable(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> "Unschedulable".equals(condition.getReason()))
        .map(condition -> condition.getMessage())
        .collect(Collectors.joining());
  }

  private Pod now(Pod pod) {
    return client.resource(pod).get();
  }

  /** Deployments whose replicas would all be lost with one master. */
  private List<String> deploymentsOnOneNode() {
    Map<String, List<String>> nodes = new TreeMap<>();
    for (var pod : systemPods()) {
      var hash = pod.getMetadata().getLabels().get("pod-template-hash");
      if (hash != null) {
        nodes
            .computeIfAbsent(
                pod.getMetadata().getLabels().get("app.kubernetes.io/name"), _ -> new ArrayList<>())
            .add(pod.getSpec().getNodeName());
      }
    }
    return nodes.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .filter(entry -> entry.getValue().stream().distinct().count() < 2)
        .map(Map.Entry::toString)
        .toList();
  }

  private void applyAllBut(
      Collection<GenericKubernetesResource> left, Collection<GenericKubernetesResource> objects) {
    Manifests.apply(client, objects.stream().filter(object -> !left.contains(object)).toList());
  }

  private void started(int nodes) {
    Eventually.holds(
        "nodes are let go",
        PATIENCE,
        () ->
            client.nodes().list().getItems().stream()
                    .filter(n -> !taints(n).contains(STARTUP))
                    .count()
                == nodes);
  }

  private static List<HollowNode> masters() {
    var folder = Assemblies.folder("e2e");
    return IntStream.range(0, 2)
        .mapToObj(number -> HollowNode.of(Assemblies.of("e2e"), folder, "control-plane", number))
        .toList();
  }

  /** One of every pool stack of the fleet: what runs on every node is the same in all clusters. */
  private static List<HollowNode> pools() {
    var nodes = new ArrayList<HollowNode>();
    var number = 0;
    for (var cluster : Compiled.fleet().names()) {
      var assembly = Assemblies.of(cluster);
      for (var stack : assembly.stacks()) {
        if (stack.isPool()) {
          nodes.add(HollowNode.of(assembly, Assemblies.folder(cluster), stack.name(), number));
          number++;
        }
      }
    }
    return nodes;
  }

  private static HollowNode halved(HollowNode node) {
    var size = node.size();
    return new HollowNode(
        node.name(),
        node.zone(),
        new Size(size.type(), size.architecture(), 1, size.memory(), 0, size.instanceStore()),
        node.disk(),
        node.config());
  }

  private static Pod application() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("application")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("application")
        .withImage("example.org/application:1")
        .endContainer()
        .endSpec()
        .build();
  }

  private List<List<String>> table(List<HollowNode> nodes) {
    var pods =
        systemPods().stream()
            .collect(
                Collectors.groupingBy(pod -> pod.getSpec().getNodeName(), Collectors.counting()));
    return nodes.stream()
        .map(node ->
            List.of(
                node.name(),
                node.size().type().name(),
                node.registration().getMetadata().getLabels().get("fairway.dev/profile"),
                pods.getOrDefault(node.name(), 0L).toString()))
        .toList();
  }

  private static void standIns(Evidence evidence) {
    evidence
        .engine("kube-scheduler 1.36.2")
        .engine("kube-controller-manager 1.36.2")
        .standIn("hollow kubelets", "run no container: nothing here proves that a program starts")
        .standIn(
            "flannel, cloud controller manager and node readiness controller",
            "their parts are played, each as soon as its pod is on a node")
        .standIn("volumes", "come with the pods that want them, and are in no zone");
  }
}
