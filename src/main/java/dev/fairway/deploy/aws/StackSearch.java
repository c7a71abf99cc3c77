package dev.fairway.deploy.aws;

import dev.fairway.model.Cluster;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The stacks of a cluster, those that stand and those that are gone. */
public final class StackSearch {
  private final CloudFormationClient cloudFormation;
  private final Ownership ours;

  public StackSearch(CloudFormationClient cloudFormation, Cluster cluster) {
    this.cloudFormation = cloudFormation;
    this.ours = new Ownership(cluster);
  }

  /** Those that carry the cluster's tag, by name. */
  public List<StandingStack> standing() {
    return cloudFormation.describeStacksPaginator().stacks().stream()
        .filter(this::isOurs)
        .map(this::standing)
        .sorted()
        .toList();
  }

  /** Those that a controller of the cluster made for load balancers, by name. */
  public List<StandingStack> ofControllers() {
    return cloudFormation.describeStacksPaginator().stacks().stream()
        .filter(stack -> ours.isMade(tags(stack)))
        .map(this::standing)
        .sorted()
        .toList();
  }

  /**
   * The ids of those that are deleted, of each name the last, as long as CloudFormation remembers
   * them: 90 days.
   */
  public List<String> deleted() {
    return cloudFormation
        .listStacksPaginator(request ->
            request.stackStatusFilters(StackStatus.DELETE_COMPLETE))
        .stackSummaries()
        .stream()
        .filter(stack -> ours.isNameOfStack(stack.stackName()))
        .collect(
            Collectors.toMap(
                StackSummary::stackName,
                stack -> stack,
                BinaryOperator.maxBy(Comparator.comparing(StackSearch::end))))
        .values()
        .stream()
        .map(StackSummary::stackId)
        .filter(this::wasOurs)
        .sorted()
        .toList();
  }

  /** A change set that was never executed leaves a stack without tags, and without anything. */
  private boolean isOurs(Stack stack) {
    return ours.isFairways(tags(stack))
        || (stack.stackStatus() == StackStatus.REVIEW_IN_PROGRESS
            && ours.isNameOfStack(stack.stackName()));
  }

  private boolean wasOurs(String id) {
    return cloudFormation.describeStacks(request -> request.stackName(id)).stacks().stream()
        .anyMatch(stack -> ours.isFairways(tags(stack)));
  }

  private StandingStack standing(Stack stack) {
    var tagged =
        tags(stack).getOrDefault(dev.fairway.link.Stack.STACK_TAG, ours.name(stack.stackName()));
    return new StandingStack(
        stack.stackId(),
        stack.stackName(),
        Layer.of(tagged),
        stack.stackStatusAsString(),
        Boolean.TRUE.equals(stack.enableTerminationProtection()));
  }

  private static Instant end(StackSummary stack) {
    return Optional.ofNullable(stack.deletionTime()).orElse(stack.creationTime());
  }

  private static Map<String, String> tags(Stack stack) {
    return stack.tags().stream().collect(Collectors.toMap(Tag::key, Ownership.value(Tag::value)));
  }
}
