package dev.fairway.e2e;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One node of {@link HollowKubelets}; one thread uses it. */
final class HollowKubelet {
  private static final String LEASES = "kube-node-lease";
  private static final String STARTUP = "readiness.k8s.io/";

  private final HollowNode node;
  private final KubernetesClient itself;
  private final KubernetesClient others;
  private final Map<String, String> running = new HashMap<>();
  private boolean ready;
  private boolean initialized;
  private boolean started;

  /**
   * A node that is not registered yet.
   *
   * @param itself acts as the node
   * @param others acts as those that change what a node may not change of itself
   */
  HollowKubelet(HollowNode node, KubernetesClient itself, KubernetesClient others) {
    this.node = node;
    this.itself = itself;
    this.others = others;
  }

  /** Appears in the cluster, not ready: nothing has made its network yet. */
  void register() {
    var registered = itself.resource(node.registration()).create();
    status("False", "KubeletNotReady", "the network plugin is not ready");
    lease();
    node.mirrorPods(registered).forEach(pod -> itself.resource(pod).create());
    if (node.config().files().containsKey("/opt/fairway/open-cluster")) {
      // A kubelet may not call itself that; the masters' own unit does with the admin's rights.
      editNode(found ->
          new NodeBuilder(found)
              .editMetadata()
              .addToLabels("node-role.kubernetes.io/control-plane", "")
              .endMetadata()
              .build());
    }
  }

  private void lease() {
    itself
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName(node.name())
                .withNamespace(LEASES)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(node.name())
                .withLeaseDurationSeconds(40)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build())
        .create();
  }

  void renew() {
    itself
        .leases()
        .inNamespace(LEASES)
        .withName(node.name())
        .edit(lease ->
            new LeaseBuilder(lease)
                .editSpec()
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build());
  }

  /** The pod is bound to this node. Says whether it runs now and did not before. */
  boolean sees(Pod pod) {
    var uid = pod.getMetadata().getUid();
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      running.remove(uid);
      ignoringGone(() -> itself.resource(pod).withGracePeriod(0).delete());
      return false;
    }
    if (running.containsKey(uid) || !"Pending".equals(pod.getStatus().getPhase())) {
      return false;
    }
    ignoringGone(() -> WrittenStatus.of(itself, pod, run(pod)));
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    running.put(uid, labels.getOrDefault("app.kubernetes.io/name", ""));
    return true;
  }

  /** Whether a pod of the component runs here. */
  boolean runs(String component) {
    return running.containsValue(component);
  }

  void becomeReady() {
    if (!ready) {
      status("True", "KubeletReady", "the network plugin is ready");
      ready = true;
    }
  }

  /** The part of the cloud controller manager. */
  void initialize() {
    if (!initialized) {
      editNode(found ->
          without(found, HollowNode.UNINITIALIZED.getKey())
              .editMetadata()
              .addToLabels(node.cloudLabels())
              .endMetadata()
              .build());
      initialized = true;
    }
  }

  /** The part of the node readiness controller. */
  void start() {
    if (!started) {
      editNode(found -> without(found, STARTUP).build());
      started = true;
    }
  }

  /** Controllers change it at the same time; who comes late looks again. */
  private void editNode(UnaryOperator<Node> change) {
    for (int tries = 1; ; tries++) {
      try {
        others.nodes().withName(node.name()).edit(change);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != 409 || tries == 10) {
          throw e;
        }
      }
    }
  }

  private static NodeBuilder without(Node found, String taint) {
    return new NodeBuilder(found)
        .editSpec()
        .removeMatchingFromTaints(present -> present.getKey().startsWith(taint))
        .endSpec();
  }

  private void status(String readyStatus, String reason, String message) {
    var status =
        Map.of(
            "capacity", node.capacity(),
            "allocatable", node.allocatable(),
            "addresses",
                List.of(
                    Map.of("type", "InternalIP", "address", address()),
                    Map.of("type", "Hostname", "address", node.name())),
            "nodeInfo", Map.of("kubeletVersion", "v1.36.2", "operatingSystem", "linux"),
            "conditions",
                List.of(
                    condition("MemoryPressure", "False", "KubeletHasSufficientMemory", ""),
                    condition("DiskPressure", "False", "KubeletHasNoDiskPressure", ""),
                    condition("PIDPressure", "False", "KubeletHasSufficientPID", ""),
                    condition("Ready", readyStatus, reason, message)));
    WrittenStatus.of(itself, node.registration(), status);
  }

  /** Of no machine: made of the name, in the range that the example clusters' networks have. */
  private String address() {
    var hash = node.name().hashCode();
    return "172.20.%d.%d".formatted((hash >> 8) & 0xff, 1 + (hash & 0x7f));
  }

  private Map<String, Object> run(Pod pod) {
    var now = now();
    var status = new HashMap<String, Object>();
    status.put("phase", "Running");
    status.put("startTime", now);
    status.put("hostIP", address());
    status.put("podIP", address());
    status.put("conditions", List.of(met("Initialized"), met("ContainersReady"), met("Ready")));
    status.put(
        "containerStatuses",
        pod.getSpec().getContainers().stream().map(container -> running(container, now)).toList());
    status.put(
        "initContainerStatuses",
        pod.getSpec().getInitContainers().stream()
            .map(container ->
                "Always".equals(container.getRestartPolicy())
                    ? running(container, now)
                    : completed(container, now))
            .toList());
    return status;
  }

  private static Map<String, Object> running(Container container, String now) {
    return status(container, Map.of("running", Map.of("startedAt", now)), true);
  }

  private static Map<String, Object> completed(Container container, String now) {
    var end = Map.of("exitCode", 0, "reason", "Completed", "startedAt", now, "finishedAt", now);
    return status(container, Map.of("terminated", end), false);
  }

  private static Map<String, Object> status(
      Container container, Map<String, Object> state, boolean started) {
    return Map.of(
        "name",
        container.getName(),
        "image",
        container.getImage(),
        "imageID",
        "",
        "ready",
        true,
        "restartCount",
        0,
        "started",
        started,
        "state",
        state);
  }

  private static Map<String, String> condition(
      String type, String status, String reason, String message) {
    return Map.of(
        "type", type,
        "status", status,
        "reason", reason,
        "message", message,
        "lastTransitionTime", now(),
        "lastHeartbeatTime", now());
  }

  private static Map<String, String> met(String type) {
    return Map.of("type", type, "status", "True", "lastTransitionTime", now());
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A pod may go while it is written about. */
  private static void ignoringGone(Runnable work) {
    try {
      work.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404 && e.getCode() != 409) {
        throw e;
      }
    }
  }
}
