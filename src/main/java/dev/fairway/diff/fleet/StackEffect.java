package dev.fairway.diff.fleet;

import dev.fairway.diff.Act;
import java.util.SortedSet;

/**
 * What a stack, or each stack of a template, is given anew.
 *
 * @param template its name: stacks of one profile have one
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
  private static final String POOL = "pool-";

  /** What its nodes are to people. */
  public String nodes() {
    return switch (template) {
      case "etcd" -> "etcd members";
      case "control-plane" -> "masters";
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
