package dev.fairway.deploy.aws;

import dev.fairway.link.Stack;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;

/**
 * An Auto Scaling group of the cluster and its instances.
 *
 * @param name of its stack, as the tag has it: {@code etcd} has a group for each member
 * @param group the Auto Scaling group
 * @param desired how many instances it should have
 * @param version of the launch template that new instances get; empty when it is not pinned
 * @param instances by id
 */
public record PoolInstances(
    String name, String group, int desired, Optional<String> version, List<Instance> instances) {

  /**
   * An instance of the group.
   *
   * @param lifecycleState such as {@code InService} or {@code Terminating:Wait}
   * @param version of the launch template that it was started from
   */
  public record Instance(String id, String zone, String lifecycleState, Optional<String> version) {}

  public PoolInstances {
    instances = instances.stream().sorted(Comparator.comparing(Instance::id)).toList();
  }

  static PoolInstances of(AutoScalingGroup group) {
    return new PoolInstances(
        tag(group, Stack.STACK_TAG).orElse(group.autoScalingGroupName()),
        group.autoScalingGroupName(),
        Optional.ofNullable(group.desiredCapacity()).orElse(0),
        version(group),
        group.instances().stream()
            .map(instance ->
                new Instance(
                    instance.instanceId(),
                    instance.availabilityZone(),
                    instance.lifecycleStateAsString(),
                    number(instance.launchTemplate())))
            .toList());
  }

  static Optional<String> tag(AutoScalingGroup group, String key) {
    return group.tags().stream()
        .filter(tag -> key.equals(tag.key()))
        .map(tag -> tag.value())
        .findFirst();
  }

  private static Optional<String> version(AutoScalingGroup group) {
    return Optional.ofNullable(group.mixedInstancesPolicy())
        .flatMap(policy -> Optional.ofNullable(policy.launchTemplate()))
        .flatMap(template -> number(template.launchTemplateSpecification()))
        .or(() -> number(group.launchTemplate()));
  }

  /** Only a number can be compared: {@code $Latest} may be any. */
  private static Optional<String> number(LaunchTemplateSpecification template) {
    return Optional.ofNullable(template)
        .flatMap(found -> Optional.ofNullable(found.version()))
        .filter(version -> !version.startsWith("$"));
  }

  /** Whether it holds worker nodes. */
  public boolean isPool() {
    return Stack.isPool(name);
  }

  /** The instances that were started from another version than new ones get. */
  public List<Instance> outdated() {
    return version.isEmpty()
        ? List.of()
        : instances.stream().filter(instance -> !instance.version().equals(version)).toList();
  }
}
