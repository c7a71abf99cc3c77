package dev.fairway.deploy.aws;

import dev.fairway.link.Stack;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Filter;

/** The Auto Scaling groups of one cluster, which CloudFormation gave its stacks' tags. */
record ScalingGroups(AutoScalingClient autoScaling, String clusterTag) {

  List<PoolInstances> instances() {
    return groups().stream()
        .map(PoolInstances::of)
        .sorted(Comparator.comparing(PoolInstances::name).thenComparing(PoolInstances::group))
        .toList();
  }

  private List<AutoScalingGroup> groups() {
    var ours = Filter.builder().name("tag:" + Stack.CLUSTER_TAG).values(clusterTag).build();
    return autoScaling.describeAutoScalingGroupsPaginator(request -> request.filters(ours)).stream()
        .flatMap(page -> page.autoScalingGroups().stream())
        .filter(
            group -> PoolInstances.tag(group, Stack.CLUSTER_TAG).equals(Optional.of(clusterTag)))
        .toList();
  }

  /** The groups among these names that still have instances, or may get some. */
  List<PoolInstances> inUse(List<String> names) {
    return instances().stream()
        .filter(group -> names.contains(group.group()))
        .filter(group -> !group.instances().isEmpty())
        .toList();
  }

  /** Lets those of these groups that exist have no instance, now and later. */
  void empty(List<String> names) {
    groups().stream()
        .filter(group -> names.contains(group.autoScalingGroupName()))
        .filter(group -> group.maxSize() > 0 || group.desiredCapacity() > 0)
        .forEach(group ->
            autoScaling.updateAutoScalingGroup(request ->
                request
                    .autoScalingGroupName(group.autoScalingGroupName())
                    .minSize(0)
                    .desiredCapacity(0)
                    .maxSize(0)));
  }
}
