package dev.fairway.platform.node;

import dev.fairway.model.Facts;
import dev.fairway.model.Profile;
import dev.fairway.platform.cloud.Draining;
import dev.fairway.platform.cloud.NodeRoles;
import java.time.Duration;

/** A node of a pool. What a pool's profile asks for makes the difference between two of them. */
final class Worker {
  /** Critical pods end last, and Skipper is one: no request is lost while it has its whole time. */
  private static final Duration SHUTDOWN_CRITICAL = Draining.GRACE;

  /** All others before them: the usual grace of a pod and the time that it sleeps. */
  private static final Duration SHUTDOWN_REST = Duration.ofSeconds(45);

  /** Where every second goes off Skipper's, only few pods are left, that could not be evicted. */
  private static final Duration SHUTDOWN_REST_OF_SPOT = Duration.ofSeconds(10);

  /** EC2 takes a spot instance back so long after it gave notice of it. */
  private static final Duration NOTICE = Duration.ofMinutes(2);

  /** Until a node sees the notice: it looks as often. */
  private static final Duration UNSEEN = Duration.ofSeconds(5);

  /** For requests that are still answered when the last load balancer sends no more of them. */
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(15);

  /** Pods are evicted for so long after a notice; then the node goes down. */
  private static final Duration SPOT_DRAIN =
      NOTICE
          .minus(UNSEEN)
          .minus(SHUTDOWN_REST_OF_SPOT)
          .minus(Draining.UNNOTICED)
          .minus(LAST_REQUESTS);

  private Worker() {}

  static NodeConfig config(Profile profile) {
    var part =
        Host.part()
            .and(
                Part.files(environment().file()),
                Host.forPods(),
                profile.gpu() ? Gpu.part() : Containerd.part(),
                SecretFiles.part(NodeRoles.WORKER),
                Kubelet.part(Kubeconfig.SHARED, kubelet(profile)),
                Part.script("worker-ready", Resources.enabled("worker-ready.service")));
    return (profile.instanceStore() ? part.and(instanceStore()) : part)
        .named("worker-" + profile.name());
  }

  /** Local NVMe disks for images, writable layers, empty directories and logs. */
  private static Part instanceStore() {
    return Part.script("instance-store", Resources.enabled("instance-store.service"));
  }

  private static Environment environment() {
    return Environment.none()
        .with("LOCAL_ID", Facts.LOCAL_ID)
        .with("REGION", Facts.REGION)
        .with("NODE_LABELS", Facts.POOL_LABELS)
        .with("SPOT_DRAIN", SPOT_DRAIN.toSeconds());
  }

  private static KubeletConfiguration kubelet(Profile profile) {
    var rest = profile.spot() ? SHUTDOWN_REST_OF_SPOT : SHUTDOWN_REST;
    return new KubeletConfiguration(
        Facts.POOL_TAINTS.whole(), SHUTDOWN_CRITICAL.plus(rest), SHUTDOWN_CRITICAL, Yaml.map());
  }
}
