package dev.fairway.deploy.aws;

import dev.fairway.link.Stack;
import java.util.ArrayList;
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

  /** The groups among these names that still have instances. */
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

  /** A group that has other sizes than the parameters of its stack say. */
  private record Misfit(Stack stack, AutoScalingGroup group, Sizes wanted) {}

  private List<Misfit> misfits(List<Stack> stacks) {
    var groups = groups();
    return stacks.stream()
        .flatMap(stack ->
            Sizes.of(stack).stream()
                .flatMap(wanted ->
                    groups.stream()
                        .filter(group -> isOf(group, stack) && !wanted.areOf(group))
                        .map(group -> new Misfit(stack, group, wanted))))
        .toList();
  }

  private static boolean isOf(AutoScalingGroup group, Stack stack) {
    return PoolInstances.tag(group, Stack.STACK_TAG).equals(Optional.of(stack.name()));
  }

  /** The names of those of these stacks whose groups have other sizes than their parameters say. */
  List<String> unlike(List<Stack> stacks) {
    return misfits(stacks).stream().map(misfit -> misfit.stack().stackName()).distinct().toList();
  }

  /**
   * Gives the groups of these stacks the sizes that their parameters say, where they have others:
   * to CloudFormation nothing has changed when somebody else emptied them. How many instances there
   * are between the two is the autoscaler's business. The names of the stacks that got them back.
   */
  List<String> restore(List<Stack> stacks, Objection objection) {
    var restored = new ArrayList<String>();
    for (var misfit : misfits(stacks)) {
      objection.heed();
      resize(misfit.group(), misfit.wanted());
      restored.add(misfit.stack().stackName());
    }
    return List.copyOf(restored);
  }

  private void resize(AutoScalingGroup group, Sizes sizes) {
    autoScaling.updateAutoScalingGroup(request ->
        request
            .autoScalingGroupName(group.autoScalingGroupName())
            .minSize(sizes.min())
            .desiredCapacity(sizes.nearest(group.desiredCapacity()))
            .maxSize(sizes.max()));
  }

  /** How few and how many instances the group of a pool's stack may have. */
  private record Sizes(int min, int max) {
    /** Empty for a template without these parameters. */
    static Optional<Sizes> of(Stack stack) {
      return size(stack, "PoolMinSize")
          .flatMap(min -> size(stack, "PoolMaxSize").map(max -> new Sizes(min, max)));
    }

    private static Optional<Integer> size(Stack stack, String parameter) {
      return Optional.ofNullable(stack.parameters().get(parameter)).map(Integer::valueOf);
    }

    boolean areOf(AutoScalingGroup group) {
      return group.minSize() == min && group.maxSize() == max;
    }

    int nearest(int desired) {
      return Math.min(Math.max(desired, min), max);
    }
  }
}
