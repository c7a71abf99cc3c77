package dev.fairway.platform.component;

/** The priority classes of system pods, the most urgent first. */
public enum Priority {
  /** Without it the node is of no use. Kubernetes has it built in. */
  NODE("system-node-critical"),
  /** Without it the cluster is of no use. Kubernetes has it built in. */
  CLUSTER("system-cluster-critical"),
  /** Goes before every application, but evicts none: the cluster works on for a while without. */
  CONTROLLER("fairway-controller"),
  /** Holds room free for applications, which evict it. */
  OVERPROVISIONING("overprovisioning");

  private final String className;

  Priority(String className) {
    this.className = className;
  }

  public String className() {
    return className;
  }
}
