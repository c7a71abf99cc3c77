package dev.fairway.platform.cloud;

import dev.fairway.model.ScalingGroup;
import dev.fairway.model.SymbolType;
import dev.fairway.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * An Auto Scaling group, its launch template, and what its nodes are told at launch.
 *
 * @param name the group's; user data and IAM policies speak of it, and a reference to the group
 *     would be a circle
 * @param hooks at most one for each transition
 * @param entries what its nodes must know beside the names of stack, group and hooks
 */
record NodeGroup(
    ScalingGroup group, Value name, List<LifecycleHook> hooks, List<PointerConfig.Entry> entries) {
  /** Of settings: CloudFormation has no parameter type for it. */
  static final SymbolType.Text INSTANCE_TYPE =
      new SymbolType.Text("[a-z][a-z0-9-]*\\.[a-z0-9-]+", "an instance type");

  NodeGroup {
    hooks = List.copyOf(hooks);
    entries = List.copyOf(entries);
    if (hooks.stream().map(LifecycleHook::transition).distinct().count() < hooks.size()) {
      throw new IllegalArgumentException(group.logicalId() + ": two hooks for one transition");
    }
  }

  String logicalId() {
    return group.logicalId();
  }

  String launchTemplate() {
    return group.logicalId() + "LaunchTemplate";
  }

  /** Stack and logical id are what a signal to CloudFormation is addressed to. */
  PointerConfig userData() {
    var all = new ArrayList<PointerConfig.Entry>();
    all.add(new PointerConfig.Entry("STACK_NAME", Value.Pseudo.STACK_NAME));
    all.add(new PointerConfig.Entry("LOGICAL_ID", Value.of(group.logicalId())));
    all.add(new PointerConfig.Entry("ASG_NAME", name));
    for (var hook : hooks) {
      all.add(new PointerConfig.Entry(hook.transition().variable(), Value.of(hook.name())));
    }
    all.addAll(entries);
    return new PointerConfig(all);
  }
}
