package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/**
 * Stacks deleted side by side. One that somebody is deleting already is only waited for, one that
 * is being changed is waited for first, and one whose deletion failed before is tried again.
 */
final class StackDeletion {
  private final CloudFormationClient cloudFormation;
  private final Stacks stacks;
  private final Duration pause;
  private final Listener listener;
  private final Objection objection;

  /**
   * @param pause between one look and the next
   * @param objection asked before each deletion: another may have been waited for until now
   */
  StackDeletion(
      CloudFormationClient cloudFormation,
      Ownership ours,
      Duration pause,
      Listener listener,
      Objection objection) {
    this.cloudFormation = cloudFormation;
    this.stacks = new Stacks(cloudFormation, ours.tag());
    this.pause = pause;
    this.listener = listener;
    this.objection = objection;
  }

  /** Returns when all are gone, or with an error for each that is not. */
  Diagnostics delete(String step, List<StackState> doomed, Deadline deadline) {
    var errors = new Diagnostics.Collector();
    var going = new ArrayList<Deletion>();
    for (var stack : doomed) {
      var deletion = new Deletion(step, stack, deadline);
      deletion.begin().ifPresentOrElse(errors::add, () -> going.add(deletion));
    }
    going.forEach(deletion -> deletion.end().ifPresent(errors::add));
    return errors.diagnostics();
  }

  /** One stack on its way. */
  private final class Deletion {
    private final String step;
    private final StackState stack;
    private final Deadline deadline;
    private StackStatus told = StackStatus.UNKNOWN;

    Deletion(String step, StackState stack, Deadline deadline) {
      this.step = step;
      this.stack = stack;
      this.deadline = deadline;
    }

    /** An error when CloudFormation does not even begin. */
    Optional<Diagnostic> begin() {
      var settled = until(status -> !isBusy(status));
      if (settled.isEmpty()) {
        return Optional.of(unfinished());
      }
      return switch (settled.get()) {
        case DELETE_COMPLETE, DELETE_IN_PROGRESS -> Optional.empty();
        default -> request();
      };
    }

    private Optional<Diagnostic> request() {
      objection.heed();
      try {
        var _ = cloudFormation.deleteStack(request -> request.stackName(stack.id()));
        tell(StackStatus.DELETE_IN_PROGRESS);
        return Optional.empty();
      } catch (CloudFormationException e) {
        if (!Failing.code(e).equals("ValidationError")) {
          throw e;
        }
        // An export that is in use, or termination protection of the last minute.
        return Optional.of(error(Failing.reason(e)));
      }
    }

    Optional<Diagnostic> end() {
      var last =
          until(status ->
              status == StackStatus.DELETE_COMPLETE || status == StackStatus.DELETE_FAILED);
      if (last.isEmpty()) {
        return Optional.of(unfinished());
      }
      return last.get() == StackStatus.DELETE_FAILED ? Optional.of(failed()) : Optional.empty();
    }

    /** What can't be deleted before it is done; a creation CloudFormation breaks off. */
    private static boolean isBusy(StackStatus status) {
      return status.isInProgress()
          && status != StackStatus.CREATE_IN_PROGRESS
          && status != StackStatus.DELETE_IN_PROGRESS;
    }

    private Optional<StackStatus> until(java.util.function.Predicate<StackStatus> wanted) {
      return deadline.poll(pause, () -> AwsFailure.unlessPassing(this::status).filter(wanted));
    }

    private StackStatus status() {
      var status =
          stacks.byId(stack.id()).map(StackState::status).orElse(StackStatus.DELETE_COMPLETE);
      tell(status);
      return status;
    }

    private void tell(StackStatus status) {
      if (status != told) {
        told = status;
        listener.told(new Event.Item(step, stack.stackName(), status.name()));
      }
    }

    private Diagnostic failed() {
      return error(
          FirstCause.of(stacks.lastOperation(stack.id()))
              .map(Deletion::text)
              .orElse("CloudFormation gives no reason"));
    }

    private static String text(StackEvent event) {
      return event.ofStack()
          ? event.reason()
          : "%s (%s %s): %s"
              .formatted(event.logicalId(), event.type(), event.physicalId(), event.reason());
    }

    private Diagnostic error(String cause) {
      return Diagnostic.general(
          Code.STACK_NOT_DELETED,
          "the stack " + stack.stackName() + " is not deleted: " + cause,
          "mend what it says, and run the command again: it goes on where it stopped");
    }

    private Diagnostic unfinished() {
      return Diagnostic.general(
          Code.DESTROY_TIMEOUT,
          "the time is over and the stack " + stack.stackName() + " is still " + told,
          "CloudFormation goes on by itself: run the command again, with a longer --timeout if need"
              + " be");
    }
  }
}
