package dev.fairway.platform.node;

import dev.fairway.model.Facts;
import dev.fairway.model.Profile;
import dev.fairway.platform.cloud.NodeRoles;
import java.time.Duration;

/** A node of a pool. What a pool's profile asks for makes the difference between two of them. */
final class Worker {
  /** EC2 takes a spot instance back after two minutes, of which the drain has had its part. */
  private static final Duration SHUTDOWN = Duration.ofSeconds(60);

  private static final Duration SHUTDOWN_CRITICAL = Duration.ofSeconds(15);

  private Worker() {}

  static NodeConfig config(Profile profile) {
    var part =
        Host.part()
            .and(
                Part.files(environment().file()),
                Host.forPods(),
                profile.gpu() ? Gpu.part() : Containerd.part(),
                SecretFiles.part(NodeRoles.WORKER),
                Kubelet.part(Kubeconfig.SHARED, kubelet()),
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
        .with("NODE_LABELS", Facts.POOL_LABELS);
  }

  private static KubeletConfiguration kubelet() {
    return new KubeletConfiguration(
        Facts.POOL_TAINTS.whole(), SHUTDOWN, SHUTDOWN_CRITICAL, Yaml.map());
  }
}
