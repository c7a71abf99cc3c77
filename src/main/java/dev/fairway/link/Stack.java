package dev.fairway.link;

import dev.fairway.model.ClusterId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance of a template for a cluster.
 *
 * @param name as its tag has it: {@code network}, {@code pool-worker-eu-central-1a}
 * @param stackName as CloudFormation has it: {@code <local_id>-<name>}
 * @param nodeConfig the linked node config that its instances boot with, by path
 * @param tags on the stack and, passed on by CloudFormation, on what it holds
 * @param after the stacks that must stand before this one, by stack name
 */
public record Stack(
    String name,
    String stackName,
    String template,
    Optional<String> nodeConfig,
    SortedMap<String, String> parameters,
    SortedMap<String, String> tags,
    List<String> after) {
  /** The tag that every stack of a cluster carries, with the cluster's id but for {@code aws:}. */
  public static final String CLUSTER_TAG = "fairway:cluster";

  /** The tag with the stack's name. */
  public static final String STACK_TAG = "fairway:stack";

  private static final String POOL = "pool-";

  public Stack {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    after = List.copyOf(after);
  }

  /** What the tag {@code fairway:cluster} says: a tag's value may not begin with {@code aws:}. */
  public static String clusterTag(ClusterId cluster) {
    return cluster.account().id() + ":" + cluster.region() + ":" + cluster.localId();
  }

  /** Whether it holds worker nodes. */
  public boolean isPool() {
    return isPool(name);
  }

  /** Whether a stack with this name, as its tag has it, holds worker nodes. */
  public static boolean isPool(String name) {
    return name.startsWith(POOL);
  }
}
