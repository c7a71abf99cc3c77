package dev.fairway.deploy;

import dev.fairway.deploy.aws.CdkCli;
import dev.fairway.deploy.aws.Cloud;
import dev.fairway.deploy.aws.PoolInstances;
import dev.fairway.deploy.aws.ResourceDrift;
import dev.fairway.deploy.aws.RoundResult;
import dev.fairway.deploy.aws.StackDifference;
import dev.fairway.deploy.aws.StackState;
import dev.fairway.deploy.aws.StackStatus;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A cloud that does all that it is asked, and remembers what that was. */
final class RecordedCloud implements Cloud {
  /** What was asked, those questions left out that change and refuse nothing. */
  final List<String> calls;

  final TreeMap<String, StackState> standing = new TreeMap<>();

  /** What stands when nothing moves any more, where that is something else. */
  Optional<TreeMap<String, StackState>> settled = Optional.empty();

  final List<String> emptySecrets = new ArrayList<>();
  final List<String> surplus = new ArrayList<>();
  final List<String> otherSizes = new ArrayList<>();
  final List<StackDifference> differences = new ArrayList<>();
  final List<ResourceDrift> drifts = new ArrayList<>();
  final List<PoolInstances> instances = new ArrayList<>();

  /** What comes before that for who asks again and again. */
  final Deque<Optional<List<PoolInstances>>> answers = new ArrayDeque<>();

  /** By the call that is refused. */
  final Map<String, Code> refusals = new HashMap<>();

  private Supplier<Optional<Diagnostic>> question = Optional::empty;

  RecordedCloud(List<String> calls) {
    this.calls = calls;
  }

  static StackState stack(String name, StackStatus status) {
    return new StackState(
        name,
        "x-" + name,
        "arn:" + name,
        status,
        Optional.empty(),
        false,
        new TreeMap<>(),
        new TreeMap<>(),
        Instant.EPOCH);
  }

  private <T> Outcome<T> called(String call, T answer) {
    calls.add(call);
    return answer(call, answer);
  }

  private <T> Outcome<T> answer(String call, T answer) {
    var refusal =
        Optional.ofNullable(refusals.get(call))
            .map(code -> Diagnostic.general(code, call + " is refused", "none"));
    return Outcome.unlessErrors(
        new Diagnostics(refusal.or(question).stream().toList()), () -> answer);
  }

  @Override
  public Cloud guardedBy(Supplier<Optional<Diagnostic>> asked) {
    question = asked;
    return this;
  }

  @Override
  public Outcome<String> caller() {
    return called("caller", "somebody");
  }

  @Override
  public Outcome<SortedMap<String, StackState>> stacks() {
    return Outcome.of(standing);
  }

  @Override
  public Outcome<SortedMap<String, StackState>> settled(Deadline deadline, Listener listener) {
    return called("settled", settled.orElse(standing));
  }

  @Override
  public Outcome<List<String>> setPolicies(Assembly assembly) {
    return called("policies", List.of());
  }

  @Override
  public Outcome<RoundResult> deploy(
      CdkCli cdk,
      Path assemblyFolder,
      Assembly assembly,
      List<String> stackNames,
      String step,
      Deadline deadline,
      Listener listener) {
    return called(
        step + " " + String.join(" ", stackNames), new RoundResult(stackNames, List.of()));
  }

  @Override
  public Outcome<List<String>> emptySecrets(String foundationStackName) {
    return called("secrets of " + foundationStackName, emptySecrets);
  }

  @Override
  public Outcome<List<StackDifference>> differences(Assembly assembly) {
    return called("differences", differences);
  }

  @Override
  public Outcome<List<ResourceDrift>> detectedDrift(Assembly assembly, Deadline deadline) {
    return called("drift", drifts);
  }

  @Override
  public Outcome<List<String>> otherSizes(Assembly assembly) {
    return called("sizes", otherSizes);
  }

  @Override
  public Outcome<List<String>> restoreSizes(Assembly assembly) {
    return called("restore sizes", otherSizes);
  }

  @Override
  public Outcome<List<String>> surplusPools(Assembly assembly) {
    return Outcome.of(surplus);
  }

  @Override
  public Outcome<List<String>> removable(List<String> stackNames) {
    return called("removable", stackNames);
  }

  @Override
  public Outcome<List<String>> removePools(
      List<String> stackNames, Deadline deadline, Listener listener) {
    return called("remove " + String.join(" ", stackNames), stackNames);
  }

  @Override
  public Outcome<Optional<List<PoolInstances>>> instancesNow() {
    return answers.isEmpty()
        ? instances().map(Optional::of)
        : called("instances", answers.removeFirst());
  }

  @Override
  public Outcome<List<PoolInstances>> instances() {
    return called("instances", instances);
  }

  @Override
  public void close() {
    calls.add("cloud closed");
  }
}
