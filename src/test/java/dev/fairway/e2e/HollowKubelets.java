package dev.fairway.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for the kubelets of instances that nobody started: no machine of the tests can run pods
 * (kubelet 1.36 wants unified cgroups, and a container runtime). Nodes register and say what they
 * have as kubelets do, each with its own node's identity, so that the API server judges it;
 * containers of the pods that are bound to them are said to run, at once and for ever. Pods that
 * are to end are gone at once.
 *
 * <p>Three components of a cluster do for nodes what no container does here. Their parts are
 * played, each as soon as its own pod runs, so that a cluster whose pods wait for each other stays
 * still here as well: flannel makes a node ready; the cloud controller manager takes the taint of
 * the uninitialized away and says where a node is; the node readiness controller takes the startup
 * taint away once the reporter runs on the node.
 */
final class HollowKubelets implements AutoCloseable {
  /** Kubelets renew their lease every ten seconds, and are given up after fifty. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** Whether nodes are let go once they started, or keep the startup taint. */
  enum Readiness {
    PLAYED,
    LEFT_OUT
  }

  private final ControlPlane controlPlane;
  private Readiness readiness;
  private final Map<String, HollowKubelet> kubelets = new ConcurrentHashMap<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final KubernetesClient admin;
  private final SharedIndexInformer<Pod> pods;
  private final HollowVolumes volumes;

  private HollowKubelets(ControlPlane controlPlane, Readiness readiness) {
    this.controlPlane = controlPlane;
    this.readiness = readiness;
    this.admin = controlPlane.admin();
    this.pods = admin.pods().inAnyNamespace().inform(new Events());
    this.volumes = HollowVolumes.start(admin);
  }

  /** Nodes are registered later, one by one. */
  static HollowKubelets start(ControlPlane controlPlane, Readiness readiness) {
    var kubelets = new HollowKubelets(controlPlane, readiness);
    var _ =
        kubelets.thread.scheduleWithFixedDelay(
            () -> kubelets.guarded(kubelets::heartbeat),
            HEARTBEAT.toMillis(),
            HEARTBEAT.toMillis(),
            TimeUnit.MILLISECONDS);
    return kubelets;
  }

  /** Registers nodes, and returns when they are. */
  void register(Collection<HollowNode> nodes) {
    for (var node : nodes) {
      await(
          thread.submit(() -> {
            var user = "system:node:" + node.name();
            var kubelet = new HollowKubelet(node, controlPlane.client(user, "system:nodes"), admin);
            kubelet.register();
            kubelets.put(node.name(), kubelet);
            settle();
          }));
    }
  }

  /** Whether nodes are let go from now on. */
  void readiness(Readiness changed) {
    await(
        thread.submit(() -> {
          readiness = changed;
          settle();
        }));
  }

  /** The instance is gone: its node object too, as the cloud controller manager sees to. */
  void terminate(String node) {
    await(
        thread.submit(() -> {
          kubelets.remove(node);
          admin.nodes().withName(node).delete();
        }));
  }

  /** The nodes that were registered and not terminated. */
  Set<String> nodes() {
    return Set.copyOf(kubelets.keySet());
  }

  /** Fails with what went wrong out of sight. */
  void requireSound() {
    if (!failures.isEmpty()) {
      throw new AssertionError("a hollow kubelet failed", failures.getFirst());
    }
  }

  @Override
  public void close() {
    pods.close();
    volumes.close();
    thread.shutdownNow();
  }

  private final class Events implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      submit(pod);
    }

    @Override
    public void onUpdate(Pod old, Pod pod) {
      submit(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {}

    private void submit(Pod pod) {
      if (!thread.isShutdown()) {
        thread.execute(() -> guarded(() -> pod(pod)));
      }
    }
  }

  private void pod(Pod pod) {
    var node = pod.getSpec().getNodeName();
    var kubelet = node == null ? null : kubelets.get(node);
    if (kubelet != null && kubelet.sees(pod)) {
      settle();
    }
  }

  /** What the pods that run mean for the nodes. */
  private void settle() {
    for (var kubelet : kubelets.values()) {
      if (kubelet.runs("flannel")) {
        kubelet.becomeReady();
      }
      if (anyRuns("aws-cloud-controller-manager")) {
        kubelet.initialize();
      }
      if (readiness == Readiness.PLAYED
          && anyRuns("node-readiness-controller")
          && kubelet.runs("node-readiness-reporter")) {
        kubelet.start();
      }
    }
  }

  private boolean anyRuns(String component) {
    return kubelets.values().stream().anyMatch(kubelet -> kubelet.runs(component));
  }

  private void heartbeat() {
    kubelets.values().forEach(HollowKubelet::renew);
  }

  /** One failure must not end all of the others' work. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        failures.add(e);
      }
    }
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
