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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What a cluster's controllers and nodes made in AWS beside all stacks. It is found by what proves
 * whose it is, never remembered, so that whoever comes later finds the same.
 */
final class Leftovers {
  /** Why AWS would not delete something yet; any other error is one of the call itself. */
  private static final List<String> IN_USE =
      List.of(
          "DependencyViolation",
          "InvalidGroup.InUse",
          "OperationNotPermitted",
          "ResourceInUse",
          "VolumeInUse",
          "IncorrectState");

  private static final String GONE = "deleted";
  private static final String REMAINS = "it is still there";

  private final List<Made> kinds;
  private final Duration pause;
  private final Listener listener;

  Leftovers(List<Made> kinds, Duration pause, Listener listener) {
    this.kinds = List.copyOf(kinds);
    this.pause = pause;
    this.listener = listener;
  }

  /** What is there now, in the order in which it would be deleted. */
  List<AwsResource> find() {
    return kinds.stream()
        .flatMap(made -> made.find().stream().map(id -> new AwsResource(made.type(), id)))
        .toList();
  }

  /**
   * What was deleted.
   *
   * @param errors one for each that is still there when the time is over
   */
  record Sweep(List<AwsResource> deleted, Diagnostics errors) {}

  /** Deletes all of it, kind after kind, each until none of it is found any more. */
  Sweep sweep(String step, Deadline deadline) {
    var deleted = new ArrayList<AwsResource>();
    var errors = new Diagnostics.Collector();
    for (var made : kinds) {
      var kind = new Kind(step, made);
      kind.delete(deadline).ifPresent(errors::add);
      deleted.addAll(kind.deleted());
    }
    return new Sweep(List.copyOf(deleted), errors.diagnostics());
  }

  /** One kind on its way: what was seen of it, and why AWS would not delete it. */
  private final class Kind {
    private final String step;
    private final Made made;
    private final Map<String, String> refusals = new TreeMap<>();

    Kind(String step, Made made) {
      this.step = step;
      this.made = made;
    }

    Optional<Diagnostic> delete(Deadline deadline) {
      var done =
          deadline.poll(
              pause, () -> AwsFailure.unlessPassing(this::round).orElse(Optional.empty()));
      if (done.isEmpty() && left().isEmpty()) {
        // Nothing was ever found because AWS never answered: what it says now is the cause.
        done = round();
      }
      return done.isPresent() ? Optional.empty() : Optional.of(remaining());
    }

    private List<Map.Entry<String, String>> left() {
      return refusals.entrySet().stream().filter(thing -> !thing.getValue().equals(GONE)).toList();
    }

    private Optional<Boolean> round() {
      made.find().forEach(this::attempt);
      var left = made.find();
      left.forEach(id -> refusals.putIfAbsent(id, REMAINS));
      refusals.entrySet().stream()
          .filter(thing -> !left.contains(thing.getKey()))
          .filter(thing -> !thing.getValue().equals(GONE))
          .forEach(thing -> {
            thing.setValue(GONE);
            listener.told(new Event.Item(step, thing.getKey(), GONE));
          });
      return left.isEmpty() ? Optional.of(true) : Optional.empty();
    }

    private void attempt(String id) {
      if (refusals.put(id, REMAINS) == null) {
        listener.told(new Event.Item(step, id, "deleting"));
      }
      try {
        made.delete(id);
      } catch (AwsServiceException e) {
        if (!IN_USE.contains(Failing.code(e))) {
          throw e;
        }
        refusals.put(id, Failing.reason(e));
      }
    }

    List<AwsResource> deleted() {
      return refusals.entrySet().stream()
          .filter(thing -> thing.getValue().equals(GONE))
          .map(thing -> new AwsResource(made.type(), thing.getKey()))
          .toList();
    }

    private Diagnostic remaining() {
      var left = left();
      var first = left.getFirst();
      return Diagnostic.general(
          Code.LEFTOVER_NOT_DELETED,
          "%s %s is not deleted: %s%s"
              .formatted(
                  made.type(),
                  first.getKey(),
                  first.getValue(),
                  left.size() == 1 ? "" : " (and %d more)".formatted(left.size() - 1)),
          "take away what uses it, and run the command again: it goes on where it stopped");
    }
  }
}
