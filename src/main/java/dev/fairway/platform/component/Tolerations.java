package dev.fairway.platform.component;

import dev.fairway.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;

/** Which taints a pod puts up with. */
public final class Tolerations {
  /** For what must run on every node, whatever its pool is for and from its first second on. */
  public static final Toleration EVERYTHING =
      new TolerationBuilder().withOperator("Exists").build();

  /**
   * For every Deployment that the first worker may need: manifests are applied, and waited for,
   * while the masters are the only nodes.
   */
  public static final Toleration CONTROL_PLANE = key("node-role.kubernetes.io/control-plane");

  /** For what must run before a node's system pods are ready. */
  public static final Toleration STARTUP = key(Taint.STARTUP.key());

  /** For what must run before the cloud controller manager has seen the node. */
  public static final Toleration UNINITIALIZED =
      key("node.cloudprovider.kubernetes.io/uninitialized");

  /** For what a node's network comes from. */
  public static final Toleration NOT_READY = key("node.kubernetes.io/not-ready");

  private Tolerations() {}

  private static Toleration key(String key) {
    return new TolerationBuilder()
        .withKey(key)
        .withOperator("Exists")
        .withEffect("NoSchedule")
        .build();
  }
}
