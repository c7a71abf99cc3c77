package dev.fairway.diff.fleet;

import dev.fairway.diff.Act;
import java.util.SortedSet;

/**
 * What a stack, or each stack of a template, is given anew.
 *
 * @param template its name: stacks of one profile have one; {@code pools} where all pools of a
 *     cluster are given the same
 * @param isTemplateOther whether the template's bytes differ
 * @param isNodeConfigOther whether its nodes boot with another configuration
 * @param parameters that have other values, those of the node config left out
 * @param isRolling whether its nodes are replaced
 */
public record StackEffect(
    String template,
    Act act,
    boolean isTemplateOther,
    boolean isNodeConfigOther,
    SortedSet<String> parameters,
    boolean isRolling)
    implements Comparable<StackEffect> {
  /** What stands for the templates of all pools of a cluster. */
  static final String ALL_POOLS = "pools";

  private static final String POOL = "pool-";

  boolean isPool() {
    return template.startsWith(POOL) || template.equals(ALL_POOLS);
  }

  StackEffect ofAllPools() {
    return new StackEffect(
        ALL_POOLS, act, isTemplateOther, isNodeConfigOther, parameters, isRolling);
  }

  /** What its stacks are to people. */
  public String stacks() {
    return template.equals(ALL_POOLS) ? "stacks of all pools" : "stack " + template;
  }

  /** What its nodes are to people. */
  public String nodes() {
    return switch (template) {
      case "etcd" -> "etcd members";
      case "control-plane" -> "masters";
      case ALL_POOLS -> "nodes of all pools";
      default ->
          template.startsWith(POOL)
              ? "nodes of " + template.substring(POOL.length()) + " pools"
              : "nodes of " + template;
    };
  }

  @Override
  public int compareTo(StackEffect other) {
    return toString().compareTo(other.toString());
  }
}
