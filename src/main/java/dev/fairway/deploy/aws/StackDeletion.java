package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Stacks deleted side by side. One that somebody is deleting already is only waited for, one that
 * is being changed is waited for first, and one whose deletion failed before is tried again.
 */
public final class StackDeletion {
  private static final String DELETED = "DELETE_COMPLETE";
  private static final String FAILED = "DELETE_FAILED";
  private static final String DELETING = "DELETE_IN_PROGRESS";

  private final CloudFormationClient cloudFormation;
  private final Duration pause;
  private final Listener listener;

  /**
   * @param pause between one look and the next
   */
  public StackDeletion(CloudFormationClient cloudFormation, Duration pause, Listener listener) {
    this.cloudFormation = cloudFormation;
    this.pause = pause;
    this.listener = listener;
  }

  /** Returns when all are gone, or with an error for each that is not. */
  public Diagnostics delete(String step, List<StandingStack> stacks, Deadline deadline) {
    var errors = new Diagnostics.Collector();
    var going = new ArrayList<Deletion>();
    for (var stack : stacks) {
      var deletion = new Deletion(step, stack);
      deletion.begin(deadline).ifPresentOrElse(errors::add, () -> going.add(deletion));
    }
    going.forEach(deletion -> deletion.end(deadline).ifPresent(errors::add));
    return errors.diagnostics();
  }

  /** One stack on its way. */
  private final class Deletion {
    private final String step;
    private final StandingStack stack;
    private final Map<String, String> told = new HashMap<>();

    Deletion(String step, StandingStack stack) {
      this.step = step;
      this.stack = stack;
    }

    Optional<Diagnostic> begin(Deadline deadline) {
      var settled = deadline.poll(pause, () -> Optional.of(status()).filter(Deletion::isSettled));
      if (settled.isEmpty()) {
        return Optional.of(unfinished("is still " + status()));
      }
      if (settled.get().equals(DELETED) || settled.get().equals(DELETING)) {
        return Optional.empty();
      }
      try {
        var _ = cloudFormation.deleteStack(request -> request.stackName(stack.id()));
        return Optional.empty();
      } catch (CloudFormationException e) {
        return refused(e);
      }
    }

    Optional<Diagnostic> end(Deadline deadline) {
      var last =
          deadline.poll(
              pause,
              () ->
                  Optional.of(status())
                      .filter(status -> status.equals(DELETED) || status.equals(FAILED)));
      if (last.isEmpty()) {
        return Optional.of(unfinished("is still " + status()));
      }
      return last.get().equals(FAILED) ? Optional.of(failed()) : Optional.empty();
    }

    /** What CloudFormation can't delete yet; creation it breaks off. */
    private static boolean isSettled(String status) {
      return !status.endsWith("_IN_PROGRESS")
          || List.of("CREATE_IN_PROGRESS", "REVIEW_IN_PROGRESS", DELETING).contains(status);
    }

    private String status() {
      var status = look();
      if (!status.equals(told.put(stack.stackName(), status))) {
        listener.told(new Event.Item(step, stack.stackName(), status));
      }
      return status;
    }

    private String look() {
      try {
        return cloudFormation
            .describeStacks(request -> request.stackName(stack.id()))
            .stacks()
            .stream()
            .findFirst()
            .map(Stack::stackStatusAsString)
            .orElse(DELETED);
      } catch (CloudFormationException e) {
        if (Failing.code(e).equals("ValidationError")
            && Failing.reason(e).contains("does not exist")) {
          return DELETED;
        }
        throw e;
      }
    }

    private Optional<Diagnostic> refused(CloudFormationException e) {
      if (!Failing.code(e).equals("ValidationError")) {
        throw e;
      }
      return Optional.of(error(Failing.reason(e)));
    }

    private Diagnostic failed() {
      return error(cause().orElse("CloudFormation gave no reason"));
    }

    /** The first resource of this attempt that failed: those after it often fail because of it. */
    private Optional<String> cause() {
      return cloudFormation
          .describeStackEventsPaginator(request -> request.stackName(stack.id()))
          .stackEvents()
          .stream()
          .takeWhile(event -> !isBeginning(event))
          .filter(event -> event.resourceStatus() == ResourceStatus.DELETE_FAILED)
          .filter(event -> !stack.id().equals(event.physicalResourceId()))
          .reduce((_, earlier) -> earlier)
          .map(event ->
              "%s (%s %s): %s"
                  .formatted(
                      event.logicalResourceId(),
                      event.resourceType(),
                      event.physicalResourceId(),
                      Objects.requireNonNullElse(event.resourceStatusReason(), "no reason given")));
    }

    private boolean isBeginning(StackEvent event) {
      return stack.id().equals(event.physicalResourceId())
          && event.resourceStatus() == ResourceStatus.DELETE_IN_PROGRESS;
    }

    private Diagnostic error(String cause) {
      return Diagnostic.general(
          Code.STACK_NOT_DELETED,
          "the stack " + stack.stackName() + " is not deleted: " + cause,
          "mend what it says, and run the command again: it goes on where it stopped");
    }

    private Diagnostic unfinished(String state) {
      return Diagnostic.general(
          Code.DESTROY_TIMEOUT,
          "the stack " + stack.stackName() + " " + state,
          "run the command again, with a longer --timeout if need be: it goes on where it stopped");
    }
  }
}
