package dev.fairway.deploy.aws;

import dev.fairway.link.Stack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;

/** The stacks of a cluster, those that stand and those that are gone. */
final class StackSearch {
  private final CloudFormationClient cloudFormation;
  private final Ownership ours;

  StackSearch(CloudFormationClient cloudFormation, Ownership ours) {
    this.cloudFormation = cloudFormation;
    this.ours = ours;
  }

  /**
   * What stands of a cluster.
   *
   * @param own what Fairway deployed, by name
   * @param controllers what a controller of the cluster made for its load balancers, by name
   */
  record Standing(List<StackState> own, List<StackState> controllers) {}

  Standing standing() {
    var own = new ArrayList<StackState>();
    var controllers = new ArrayList<StackState>();
    for (var stack : cloudFormation.describeStacksPaginator().stacks()) {
      var state = StackState.of(stack);
      if (isOwn(state)) {
        own.add(state);
      } else if (ours.isMade(state.tags())) {
        controllers.add(state);
      }
    }
    own.sort(Comparator.comparing(StackState::stackName));
    controllers.sort(Comparator.comparing(StackState::stackName));
    return new Standing(own, controllers);
  }

  /** A change set that was never executed leaves a stack without tags, and without anything. */
  private boolean isOwn(StackState stack) {
    return ours.isFairways(stack.tags())
        || (stack.status() == StackStatus.REVIEW_IN_PROGRESS
            && ours.isNameOfStack(stack.stackName()));
  }

  Layer layer(StackState stack) {
    return Layer.of(stack.tags().getOrDefault(Stack.STACK_TAG, ours.name(stack.stackName())));
  }

  /**
   * The ids of those that are deleted, of each name the last, as long as CloudFormation remembers
   * them: 90 days.
   */
  List<String> deleted() {
    return cloudFormation
        .listStacksPaginator(
            request -> request.stackStatusFiltersWithStrings(StackStatus.DELETE_COMPLETE.name()))
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

  /** CloudFormation knows the tags of a stack that is gone, when it is asked by its id. */
  private boolean wasOurs(String id) {
    return cloudFormation.describeStacks(request -> request.stackName(id)).stacks().stream()
        .anyMatch(stack -> ours.isFairways(StackState.of(stack).tags()));
  }

  private static Instant end(StackSummary stack) {
    return Optional.ofNullable(stack.deletionTime()).orElse(stack.creationTime());
  }
}
