package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One {@code cdk deploy} of some stacks of an assembly, watched by what CloudFormation says and
 * judged by it too.
 */
final class Round {
  /** CloudFormation reads a few stacks a second for an account; more at once only wait. */
  private static final int CONCURRENCY = 8;

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(80);

  private final Stacks stacks;
  private final CdkCli cdk;
  private final Path folder;
  private final List<Stack> wanted;
  private final String step;
  private final Deadline deadline;
  private final Listener listener;
  private final Objection objection;
  private final StackWatch watch;

  Round(
      Stacks stacks,
      CdkCli cdk,
      Path folder,
      List<Stack> wanted,
      String step,
      Deadline deadline,
      Listener listener,
      Objection objection) {
    this.stacks = stacks;
    this.cdk = cdk;
    this.folder = folder;
    this.wanted = List.copyOf(wanted);
    this.step = step;
    this.deadline = deadline;
    this.listener = listener;
    this.objection = objection;
    this.watch = new StackWatch(step, listener);
  }

  /** The stacks of the assembly with these names, in deploy order. */
  static List<Stack> of(Assembly assembly, List<String> stackNames) {
    var wanted =
        assembly.stacks().stream().filter(stack -> stackNames.contains(stack.stackName())).toList();
    if (wanted.size() != stackNames.size()) {
      throw new IllegalArgumentException(
          "stacks %s of %s".formatted(stackNames, assembly.stackNames()));
    }
    return wanted;
  }

  Outcome<RoundResult> run() {
    if (wanted.isEmpty()) {
      return Outcome.of(new RoundResult(List.of(), List.of()));
    }
    var before = ours(stacks.all());
    var stuck = new Diagnostics.Collector();
    before.values().forEach(state -> state.stuck().ifPresent(stuck::add));
    if (stuck.hasErrors()) {
      return new Outcome<>(Optional.empty(), stuck.diagnostics());
    }
    watch.know(before);
    return attempts(before);
  }

  private Outcome<RoundResult> attempts(SortedMap<String, StackState> before) {
    var backoff = FIRST_BACKOFF;
    var start = before;
    while (true) {
      var attempt = attempt();
      // Nobody waits for somebody else's update, however long that takes.
      var after = attempt.output().busy().isPresent() ? start : settled();
      var judgement = new RoundJudgement(wanted, before, start, after, attempt.output());
      if (attempt.isDone()) {
        return Outcome.of(judgement.result());
      }
      if (deadline.isOver()) {
        return judgement.tooSlow();
      }
      var failure = judgement.failure(stacks::lastOperation);
      if (!failure.isThrottled()) {
        return failure.outcome();
      }
      pause(backoff);
      if (deadline.isOver()) {
        return failure.outcome();
      }
      backoff = longer(backoff);
      start = after;
    }
  }

  /**
   * What became of a {@code cdk}.
   *
   * @param isDone whether it ended well
   */
  private record Attempt(boolean isDone, CdkOutput output) {}

  private Attempt attempt() {
    objection.heed();
    try (var run = CdkRun.start(cdk, folder, arguments(wanted))) {
      while (!run.isOverWithin(Stacks.PAUSE) && !deadline.isOver()) {
        objection.heed();
        AwsFailure.unlessPassing(stacks::all).ifPresent(all -> watch.tell(ours(all)));
      }
      var isDone = run.isOverWithin(Duration.ZERO) && run.exitCode() == 0;
      return new Attempt(isDone, run.output());
    }
  }

  /** CloudFormation may still roll back when the CLI has given up. */
  private SortedMap<String, StackState> settled() {
    var last = new ArrayList<SortedMap<String, StackState>>();
    deadline.poll(
        Stacks.PAUSE,
        () -> {
          AwsFailure.unlessPassing(stacks::all).map(this::ours).ifPresent(last::add);
          if (last.isEmpty()) {
            return Optional.empty();
          }
          watch.tell(last.getLast());
          return Stacks.moving(last.getLast().values()).isEmpty()
              ? Optional.of(true)
              : Optional.empty();
        });
    return last.isEmpty() ? ours(stacks.all()) : last.getLast();
  }

  private SortedMap<String, StackState> ours(SortedMap<String, StackState> all) {
    var ours = new TreeMap<>(all);
    ours.keySet().retainAll(wanted.stream().map(Stack::stackName).toList());
    return ours;
  }

  private static Duration longer(Duration backoff) {
    var doubled = backoff.multipliedBy(2);
    return doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
  }

  private void pause(Duration time) {
    var state = "throttled by AWS, again in %d s".formatted(time.toSeconds());
    listener.told(new Event.Item(step, "cdk", state));
    deadline.within(time).poll(time, Optional::empty);
  }

  /**
   * All that matters is said: a {@code .cdk.json} of the user's home must not say otherwise. Tags
   * that stand there would be a stack's only ones, and without its cluster's nobody finds it again.
   */
  static List<String> arguments(List<Stack> wanted) {
    var arguments = new ArrayList<String>();
    arguments.add("deploy");
    wanted.forEach(stack -> arguments.add(stack.stackName()));
    arguments.addAll(List.of("--exclusively", "--app", ".", "--method", "direct", "--rollback"));
    arguments.add("--tags=");
    arguments.addAll(List.of("--require-approval", "never", "--no-previous-parameters"));
    arguments.addAll(
        List.of("--concurrency", String.valueOf(Math.min(wanted.size(), CONCURRENCY))));
    arguments.addAll(List.of("--progress", "events", "--ci", "--no-color", "--no-notices"));
    for (var stack : wanted) {
      stack
          .parameters()
          .forEach((name, value) ->
              arguments.addAll(
                  List.of("--parameters", stack.stackName() + ":" + name + "=" + value)));
    }
    return arguments;
  }
}
