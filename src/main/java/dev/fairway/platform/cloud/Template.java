package dev.fairway.platform.cloud;

import dev.fairway.model.Export;
import dev.fairway.model.Listener;
import dev.fairway.model.Policy;
import dev.fairway.model.Reach;
import dev.fairway.model.ScalingGroup;
import dev.fairway.model.StackPolicy;
import dev.fairway.model.Symbol;
import java.util.List;
import java.util.Optional;

/**
 * The facts that one CloudFormation template is built from. The compiler checks them, emits them,
 * and confirms that the template says neither more nor less.
 */
public sealed interface Template
    permits ControlPlane, Etcd, ExistingNetwork, Foundation, Network, Pool {

  /** The template's file name without its suffix, and the end of its stacks' names. */
  String name();

  /** What the stack is for, in one sentence; CloudFormation shows it. */
  String description();

  /** The settings that it reads. */
  default List<Symbol> settings() {
    return List.of();
  }

  /** What the stack offers to the stacks after it. */
  default List<Export> exports() {
    return List.of();
  }

  /** The rules of the security groups in this template. */
  default List<Reach> reach() {
    return List.of();
  }

  /** Every policy document in this template. */
  default List<Policy> policies() {
    return List.of();
  }

  default List<Listener> listeners() {
    return List.of();
  }

  default List<ScalingGroup> scalingGroups() {
    return List.of();
  }

  /** What no update of the stack may lose; {@code deploy} sets it. */
  default Optional<StackPolicy> stackPolicy() {
    return Optional.empty();
  }
}
