package dev.fairway.platform.node;

import dev.fairway.model.Image;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import java.util.List;
import java.util.stream.Stream;

/** The node configs of a cluster, what they ask of its record, and what they run. */
public final class NodeConfigs {
  private NodeConfigs() {}

  /** {@code master}, {@code etcd} and one {@code worker-<profile>} for each profile. */
  public static List<NodeConfig> all(List<Profile> profiles) {
    return Stream.concat(
            Stream.of(Master.config(), EtcdMember.config()), profiles.stream().map(Worker::config))
        .toList();
  }

  /** The settings that they read; the hash of NVIDIA's runtime is needed by GPU nodes only. */
  public static List<Symbol> settings() {
    return Stream.of(
            List.of(Kubelet.EXTENSION.hash(), Extension.SOURCE, Gpu.RUNTIME.hash(), Gpu.DRIVER),
            List.of(TokenWebhook.ENABLED),
            TokenWebhook.needs(),
            TokenWebhook.settings())
        .flatMap(List::stream)
        .toList();
  }

  /** The images that nodes run without Kubernetes' asking. */
  public static List<Image> images() {
    return NodeImages.all();
  }
}
