package dev.fairway.deploy.aws;

import java.util.Arrays;

/** What stacks are deleted together, in the order in which they are. */
public enum Layer {
  /** And whatever stack is none of the others: nothing of the cluster stands on it. */
  POOLS("pools"),
  CONTROL_PLANE("control-plane"),
  ETCD("etcd"),
  FOUNDATION("foundation"),
  NETWORK("network");

  private final String word;

  Layer(String word) {
    this.word = word;
  }

  /** The name of its one stack, but for {@link #POOLS}. */
  public String word() {
    return word;
  }

  /** Where a stack with this name, as its tag has it, belongs. */
  static Layer of(String name) {
    return Arrays.stream(values())
        .filter(layer -> layer.word.equals(name))
        .findFirst()
        .orElse(POOLS);
  }

  /** Whether every cluster has one stack of this name. */
  static boolean isFixed(String name) {
    return !of(name).equals(POOLS);
  }
}
