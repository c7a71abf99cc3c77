package dev.fairway.deploy.aws;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Stack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * What a round came to, from what CloudFormation says of its stacks.
 *
 * @param wanted in deploy order
 * @param before the stacks before the round
 * @param start the stacks before this attempt
 * @param after the stacks when nothing moves any more
 * @param output of {@code cdk}, asked only where CloudFormation knows of nothing
 */
record RoundJudgement(
    List<Stack> wanted,
    SortedMap<String, StackState> before,
    SortedMap<String, StackState> start,
    SortedMap<String, StackState> after,
    CdkOutput output) {

  /**
   * Why an attempt failed.
   *
   * @param isThrottled whether it was nothing but AWS's patience, so that it may be tried again
   */
  record Failure(boolean isThrottled, Diagnostics diagnostics) {
    Outcome<RoundResult> outcome() {
      return new Outcome<>(Optional.empty(), diagnostics);
    }
  }

  /** The result of a round that succeeded. */
  RoundResult result() {
    var changed =
        wanted.stream().map(Stack::stackName).filter(name -> isTouched(name, before)).toList();
    var unchanged =
        wanted.stream().map(Stack::stackName).filter(name -> !changed.contains(name)).toList();
    return new RoundResult(changed, unchanged);
  }

  private boolean isTouched(String name, SortedMap<String, StackState> since) {
    var now = Optional.ofNullable(after.get(name));
    var then = Optional.ofNullable(since.get(name));
    return now.isPresent() && then.map(state -> now.get().isTouchedSince(state)).orElse(true);
  }

  /** The result of a round for which the time was too short. */
  Outcome<RoundResult> tooSlow() {
    var moving = Stacks.moving(after.values());
    var diagnostic =
        moving.isEmpty()
            ? Diagnostic.general(
                Code.AWS_TOO_SLOW,
                "the time is over, and cdk was not done with " + names(wanted),
                "start the command again: it goes on where this one stopped")
            : Stacks.tooSlow(moving);
    return new Outcome<>(Optional.empty(), Diagnostics.of(diagnostic));
  }

  /**
   * Why the attempt failed; {@code operation} answers with the last events of a stack by its id.
   */
  Failure failure(Function<String, List<StackEvent>> operation) {
    if (output.isExpired() || output.lacksCredentials()) {
      return new Failure(false, Diagnostics.of(credentials()));
    }
    if (output.busy().isPresent()) {
      return new Failure(false, Diagnostics.of(busy(output.busy().get())));
    }
    var failures =
        wanted.stream()
            .map(Stack::stackName)
            .filter(name -> isTouched(name, start))
            .flatMap(name -> Optional.ofNullable(after.get(name)).stream())
            .filter(state -> state.status().isFailed())
            .map(state -> new StackFailure(state, operation.apply(state.id())))
            .toList();
    if (failures.isEmpty()) {
      return withoutEvent();
    }
    var diagnostics = new ArrayList<Diagnostic>();
    failures.forEach(failure -> diagnostics.add(failure.diagnostic()));
    skipped(failures.stream().map(failure -> failure.state().stackName()).toList())
        .ifPresent(diagnostics::add);
    return new Failure(
        failures.stream().allMatch(StackFailure::isThrottled), new Diagnostics(diagnostics));
  }

  private Diagnostic credentials() {
    return output.isExpired()
        ? Diagnostic.general(
            Code.EXPIRED_CREDENTIALS,
            "cdk: the credentials expired",
            "sign in again and start the command again: what CloudFormation began, it goes on with")
        : Diagnostic.general(
            Code.NO_CREDENTIALS,
            "cdk found no credentials that AWS takes: " + output.tail(),
            "sign in to the cluster's account, or name a profile of it by AWS_PROFILE");
  }

  static Diagnostic busy(String stack) {
    return Diagnostic.general(
        Code.STACK_BUSY,
        "somebody else is updating stack " + stack,
        "let it come to its end, and start the command again");
  }

  /** No stack failed: the CLI did, before CloudFormation began or while it watched. */
  private Failure withoutEvent() {
    if (output.lacksBootstrap()) {
      return new Failure(
          false,
          Diagnostics.of(
              Diagnostic.general(
                  Code.NOT_BOOTSTRAPPED,
                  "CDK's bootstrap is missing or too old: " + output.tail(),
                  "run `cdk bootstrap` in the account and region, with the record's"
                      + " cdk_qualifier")));
    }
    return new Failure(
        output.isThrottled(),
        Diagnostics.of(
            Diagnostic.general(
                output.isThrottled() ? Code.THROTTLED : Code.CDK_FAILED,
                "cdk deploy of %s failed: %s".formatted(names(wanted), output.tail()),
                output.isThrottled()
                    ? "start the command again in a few minutes"
                    : "mend what it names, and start the command again")));
  }

  /** Those that come after one that failed and were not begun. */
  private Optional<Diagnostic> skipped(List<String> failed) {
    Set<String> blocked = new HashSet<>(failed);
    var skipped = new ArrayList<Stack>();
    for (var stack : wanted) {
      if (stack.after().stream().anyMatch(blocked::contains)
          && !isTouched(stack.stackName(), start)) {
        blocked.add(stack.stackName());
        skipped.add(stack);
      }
    }
    return skipped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Diagnostic.general(
                Code.STACK_SKIPPED,
                "%s not begun, because of %s".formatted(names(skipped), String.join(", ", failed)),
                "the next deploy goes on with them"));
  }

  private static String names(List<Stack> stacks) {
    return String.join(", ", stacks.stream().map(Stack::stackName).toList());
  }
}
