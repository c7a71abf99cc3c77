package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** The stacks of one cluster, as CloudFormation knows them. */
final class Stacks {
  /** The whole list is one request, of which an account may make a few a second. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  static final String STEP = "stacks";

  private final CloudFormationClient cloudFormation;
  private final String clusterTag;

  Stacks(CloudFormationClient cloudFormation, String clusterTag) {
    this.cloudFormation = cloudFormation;
    this.clusterTag = clusterTag;
  }

  /** By stack name; deleted ones are not listed by CloudFormation. */
  SortedMap<String, StackState> all() {
    var states = new TreeMap<String, StackState>();
    for (var stack : cloudFormation.describeStacksPaginator().stacks()) {
      var state = StackState.of(stack);
      if (clusterTag.equals(state.tags().get(Stack.CLUSTER_TAG))
          && state.status() != StackStatus.DELETE_COMPLETE) {
        states.put(state.stackName(), state);
      }
    }
    return Collections.unmodifiableSortedMap(states);
  }

  /** A stack by its ARN; empty when CloudFormation no longer has it. */
  Optional<StackState> byId(String id) {
    try {
      return cloudFormation.describeStacks(request -> request.stackName(id)).stacks().stream()
          .map(StackState::of)
          .filter(state -> state.status() != StackStatus.DELETE_COMPLETE)
          .findFirst();
    } catch (CloudFormationException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isMissing(CloudFormationException exception) {
    return Optional.ofNullable(exception.awsErrorDetails())
        .filter(details -> "ValidationError".equals(details.errorCode()))
        .filter(details -> details.errorMessage().contains("does not exist"))
        .isPresent();
  }

  /** The events of the last operation on a stack, from the oldest on. */
  List<StackEvent> lastOperation(String id) {
    var events = new ArrayList<StackEvent>();
    var pages = cloudFormation.describeStackEventsPaginator(request -> request.stackName(id));
    for (var found : pages.stackEvents()) {
      var event = StackEvent.of(found);
      events.addFirst(event);
      if (event.beginsOperation()) {
        break;
      }
    }
    return events;
  }

  /** The stacks once none of them moves any more. */
  Outcome<SortedMap<String, StackState>> settled(Deadline deadline, Listener listener) {
    var watch = new StackWatch(STEP, listener);
    var states = new ArrayList<SortedMap<String, StackState>>(List.of(all()));
    watch.know(still(states.getFirst()));
    deadline.poll(
        PAUSE,
        () -> {
          if (states.size() > 1 || isMoving(states.getFirst())) {
            AwsFailure.unlessPassing(this::all).ifPresent(states::add);
          }
          watch.tell(states.getLast());
          return isMoving(states.getLast()) ? Optional.empty() : Optional.of(true);
        });
    var last = states.getLast();
    return judged(last);
  }

  private static Outcome<SortedMap<String, StackState>> judged(
      SortedMap<String, StackState> states) {
    var diagnostics = new Diagnostics.Collector();
    var moving = moving(states.values());
    if (!moving.isEmpty()) {
      diagnostics.add(tooSlow(moving));
    }
    // Removing a pool may be tried again and again; whoever deploys to it is told in time.
    states.values().stream()
        .filter(state -> !(state.isPool() && state.status() == StackStatus.DELETE_FAILED))
        .flatMap(state -> state.stuck().stream())
        .forEach(diagnostics::add);
    return Outcome.unlessErrors(diagnostics.diagnostics(), () -> states);
  }

  private static SortedMap<String, StackState> still(SortedMap<String, StackState> states) {
    var still = new TreeMap<>(states);
    still.values().removeIf(state -> state.status().isInProgress());
    return still;
  }

  private static boolean isMoving(SortedMap<String, StackState> states) {
    return !moving(states.values()).isEmpty();
  }

  static List<StackState> moving(Collection<StackState> states) {
    return states.stream().filter(state -> state.status().isInProgress()).toList();
  }

  static Diagnostic tooSlow(List<StackState> moving) {
    var names =
        moving.stream().map(state -> state.stackName() + " (" + state.status() + ")").toList();
    return Diagnostic.general(
        Code.AWS_TOO_SLOW,
        "the time is over and CloudFormation still works on " + String.join(", ", names),
        "CloudFormation goes on by itself: start the command again, and it waits for these first");
  }
}
