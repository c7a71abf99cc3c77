package dev.fairway.platform.cloud;

/**
 * The keys of the tags that the cluster autoscaler reads of an Auto Scaling group: which groups are
 * its own, and what a node will have of which it has seen none yet. EC2 takes keys of at most 128
 * characters.
 */
public final class AutoscalerTags {
  private static final String PREFIX = "k8s.io/cluster-autoscaler/";
  private static final String TEMPLATE = PREFIX + "node-template/";

  /** The group is the business of some cluster autoscaler. */
  public static final String ENABLED = PREFIX + "enabled";

  private AutoscalerTags() {}

  /** The group is the business of this cluster's; its id, or what stands for it. */
  public static String owner(String clusterId) {
    return PREFIX + clusterId;
  }

  /** The tag's value is the label's. */
  public static String label(String key) {
    return TEMPLATE + "label/" + key;
  }

  /** The tag's value is {@code <value>:<effect>}. The startup taint has none: it goes by itself. */
  public static String taint(String key) {
    return TEMPLATE + "taint/" + key;
  }

  /** The tag's value is a quantity, and wins over what EC2 says of the instance type. */
  public static String resource(String name) {
    return TEMPLATE + "resources/" + name;
  }
}
