package dev.fairway.platform.node;

import dev.fairway.model.Taint;
import dev.fairway.platform.cloud.Versions;
import dev.fairway.platform.node.Unit.DropIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kubelet from Flatcar's Kubernetes extension, run by a unit of ours. */
final class Kubelet {
  static final Extension EXTENSION = Extension.of("kubernetes", "v" + Versions.KUBERNETES);

  private Kubelet() {}

  /** On nodes that reach the API at {@code server}. */
  static Part part(String server, KubeletConfiguration configuration) {
    return EXTENSION
        .part()
        .and(
            Part.files(configuration.file(), Kubeconfig.bootstrap(server).file()),
            Host.shutdownDelay(configuration.shutdown()),
            Part.script("describe-node", Resources.started("describe-node.service")),
            Part.script("drain"),
            Part.script("complete-hook"),
            Part.script("await-termination", Resources.enabled("await-termination.service")),
            Part.units(unit()));
  }

  /**
   * The extension has a unit of this name, and a drop-in for kubeadm with a command line of its
   * own. A drop-in in /etc hides the one of the same name in /usr.
   */
  private static Unit unit() {
    return new Unit(
        "kubelet.service",
        true,
        false,
        Optional.of(Resources.unit("kubelet.service")),
        List.of(new DropIn("10-kubeadm.conf", "# In the place of the extension's.\n")));
  }

  static Map<String, Object> taint(Taint taint) {
    return Yaml.map("key", taint.key(), "value", taint.value(), "effect", taint.effect());
  }
}
