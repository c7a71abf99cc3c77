package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;

/**
 * Removes the stacks of pools that nobody wants any more, after their nodes were drained: deleting
 * a stack at once would take the group away with its lifecycle hook. Whatever was done of it before
 * is found done.
 */
final class PoolRemoval {
  private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final CloudFormationClient cloudFormation;
  private final Stacks stacks;
  private final ScalingGroups groups;
  private final Deadline deadline;
  private final Listener listener;
  private final Objection objection;
  private final StackWatch watch;

  PoolRemoval(
      CloudFormationClient cloudFormation,
      Stacks stacks,
      ScalingGroups groups,
      Deadline deadline,
      Listener listener,
      Objection objection) {
    this.cloudFormation = cloudFormation;
    this.stacks = stacks;
    this.groups = groups;
    this.deadline = deadline;
    this.listener = listener;
    this.objection = objection;
    this.watch = new StackWatch(Cloud.POOLS_STEP, listener);
  }

  /** Those of the names that are there, by name; refused when one is not to be removed. */
  static Outcome<SortedMap<String, StackState>> removable(Stacks stacks, List<String> stackNames) {
    var standing = new TreeMap<>(stacks.all());
    standing.keySet().retainAll(stackNames);
    standing.values().forEach(PoolRemoval::requirePool);
    var refused =
        standing.values().stream()
            .filter(StackState::isProtected)
            .map(PoolRemoval::protection)
            .toArray(Diagnostic[]::new);
    return Outcome.unlessErrors(Diagnostics.of(refused), () -> standing);
  }

  /** Those of the names that were there and no longer are. */
  Outcome<List<String>> remove(List<String> stackNames) {
    return removable(stacks, stackNames)
        .then(PoolRemoval::still)
        .then(standing -> drained(standing).then(_ -> deleted(standing)));
  }

  /** What somebody else works on can't be drained, and is not deleted with its nodes at work. */
  private static Outcome<SortedMap<String, StackState>> still(
      SortedMap<String, StackState> standing) {
    var busy =
        Stacks.moving(standing.values()).stream()
            .filter(state -> state.status() != StackStatus.DELETE_IN_PROGRESS)
            .map(state -> RoundJudgement.busy(state.stackName()))
            .toArray(Diagnostic[]::new);
    return Outcome.unlessErrors(Diagnostics.of(busy), () -> standing);
  }

  private static void requirePool(StackState state) {
    if (!state.isPool()) {
      throw new IllegalArgumentException("not a pool: " + state.stackName());
    }
  }

  private static Diagnostic protection(StackState state) {
    return Diagnostic.general(
        Code.POOL_PROTECTED,
        "stack %s is no longer wanted, and is protected against termination"
            .formatted(state.stackName()),
        "aws cloudformation update-termination-protection --no-enable-termination-protection"
            + " --stack-name "
            + state.stackName()
            + ", then deploy again; or put the pool back into the record");
  }

  private Outcome<Boolean> drained(Map<String, StackState> standing) {
    var names = new ArrayList<String>();
    for (var state : standing.values()) {
      if (!state.status().isInProgress()) {
        names.addAll(groupsOf(state));
        listener.told(new Event.Item(Cloud.POOLS_STEP, state.stackName(), "draining"));
      }
    }
    if (names.isEmpty()) {
      return Outcome.of(true);
    }
    objection.heed();
    groups.empty(names);
    var gone =
        deadline.poll(
            PAUSE, () -> AwsFailure.unlessPassing(() -> groups.inUse(names)).filter(List::isEmpty));
    return gone.isPresent() ? Outcome.of(true) : stillInUse(groups.inUse(names));
  }

  private List<String> groupsOf(StackState state) {
    return cloudFormation
        .listStackResourcesPaginator(request -> request.stackName(state.id()))
        .stackResourceSummaries()
        .stream()
        .filter(resource -> GROUP.equals(resource.resourceType()))
        .filter(resource -> resource.resourceStatus() != ResourceStatus.DELETE_COMPLETE)
        .flatMap(resource -> Optional.ofNullable(resource.physicalResourceId()).stream())
        .toList();
  }

  private static Outcome<Boolean> stillInUse(List<PoolInstances> left) {
    var words =
        left.stream()
            .map(group ->
                "%s (%s)"
                    .formatted(
                        group.group(),
                        String.join(
                            ", ",
                            group.instances().stream()
                                .map(instance -> instance.id() + " " + instance.lifecycleState())
                                .toList())))
            .toList();
    return new Outcome<>(
        Optional.empty(),
        Diagnostics.of(
            Diagnostic.general(
                Code.AWS_TOO_SLOW,
                "the time is over and instances are still being drained: "
                    + String.join(", ", words),
                "see which disruption budget holds them, and start the command again: it goes on"
                    + " from here")));
  }

  private Outcome<List<String>> deleted(Map<String, StackState> standing) {
    for (var state : standing.values()) {
      if (state.status() != StackStatus.DELETE_IN_PROGRESS) {
        objection.heed();
        cloudFormation.deleteStack(request -> request.stackName(state.id()));
      }
    }
    var left = new TreeMap<>(standing);
    deadline.poll(Stacks.PAUSE, () -> gone(left));
    var failed =
        left.values().stream()
            .map(state ->
                state.status().isInProgress()
                    ? Stacks.tooSlow(List.of(state))
                    : new StackFailure(state, stacks.lastOperation(state.id())).diagnostic())
            .toArray(Diagnostic[]::new);
    return Outcome.unlessErrors(Diagnostics.of(failed), () -> List.copyOf(standing.keySet()));
  }

  /** Takes those out that are gone; there when none moves any more. */
  private Optional<Boolean> gone(NavigableMap<String, StackState> left) {
    for (var name : List.copyOf(left.keySet())) {
      var state = Objects.requireNonNull(left.get(name));
      AwsFailure.unlessPassing(() -> stacks.byId(state.id()))
          .ifPresent(found ->
              found.ifPresentOrElse(
                  now -> left.put(name, now),
                  () -> {
                    left.remove(name);
                    listener.told(new Event.Item(Cloud.POOLS_STEP, name, "DELETE_COMPLETE"));
                  }));
    }
    watch.tell(left);
    return Stacks.moving(left.values()).isEmpty() ? Optional.of(true) : Optional.empty();
  }
}
