package dev.fairway.deploy;

import dev.fairway.deploy.aws.Cloud;
import dev.fairway.deploy.aws.PoolInstances;
import dev.fairway.deploy.aws.StackState;
import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Stack;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * Brings one cluster to what was linked for it. Each step finds done what an earlier run did, so
 * that a run which was killed is finished by the next, and one that finds all done changes nothing.
 */
public final class Deploy implements AutoCloseable {
  private static final List<String> FOUNDATION = List.of("network", "foundation");
  private static final List<String> CONTROL_PLANE = List.of("etcd", "control-plane");
  private static final Outcome<List<Change>> NOTHING = Outcome.of(List.of());

  private final Target target;
  private final Deadline deadline;
  private final Cloud cloud;
  private final Control control;
  private final Listener listener;
  private final InstantSource clock;

  Deploy(
      Target target,
      Deadline deadline,
      Cloud cloud,
      Control control,
      Listener listener,
      InstantSource clock) {
    this.target = target;
    this.deadline = deadline;
    this.cloud = cloud.guardedBy(control::objection);
    this.control = control;
    this.listener = listener;
    this.clock = clock;
  }

  /** With the ordinary environment of AWS and Kubernetes; asks nobody yet. */
  public static Deploy of(
      Target target, DeployOptions options, Listener listener, InstantSource clock) {
    var deadline = Deadline.in(options.limit(), clock);
    var api = ClusterApi.of(target.cluster(), clock);
    return new Deploy(
        target,
        deadline,
        Cloud.of(target.cluster()),
        new ApiControl(target, options, listener, deadline, clock, api),
        listener,
        clock);
  }

  public DeployReport run() {
    var started = clock.instant();
    var run = Run.of(steps(), listener, clock);
    return report(run.and(control.record(run, started)));
  }

  private List<Step> steps() {
    return List.of(
        new Step("access", this::access),
        new Step("standstill", this::standstill),
        new Step("check", control::check),
        new Step(
            "foundation", () -> round("foundation", stack -> FOUNDATION.contains(stack.name()))),
        new Step("secrets", this::secrets),
        new Step(
            "control-plane",
            () -> round("control-plane", stack -> CONTROL_PLANE.contains(stack.name()))),
        new Step("api", control::enter),
        new Step("manifests", control::apply),
        new Step("prune", control::prune),
        new Step("masters", control::awaitMasters),
        new Step("pools", this::pools),
        new Step("surplus-pools", this::surplusPools),
        new Step("health", this::health));
  }

  /** The credentials are of the right account; an API that is up is ours, and nobody else's now. */
  private Outcome<List<Change>> access() {
    return cloud
        .caller()
        .then(_ -> cloud.stacks())
        .then(standing -> control.enterIfThere(hasMasters(standing)));
  }

  private boolean hasMasters(SortedMap<String, StackState> standing) {
    return Optional.ofNullable(standing.get(target.cluster().localId() + "-control-plane"))
        .filter(state -> state.status().isStanding() && !state.status().isInProgress())
        .isPresent();
  }

  /**
   * Whoever was killed may have left CloudFormation at work, and whoever was not has the lock while
   * masters are replaced. A pool that may not be removed is told of now, and not when all else is
   * changed.
   */
  private Outcome<List<Change>> standstill() {
    return cloud
        .settled(deadline, listener)
        .then(still -> hasMasters(still) ? control.enterIfThere(true) : NOTHING)
        .then(_ -> cloud.surplusPools(target.assembly()))
        .then(cloud::removable)
        .map(_ -> List.of());
  }

  /** The policies before, for a run that was killed between the two; after, for new stacks. */
  private Outcome<List<Change>> round(String step, Predicate<Stack> which) {
    var names = target.assembly().stacks().stream().filter(which).map(Stack::stackName).toList();
    if (names.isEmpty()) {
      return Outcome.of(List.of());
    }
    return policies()
        .then(before ->
            cloud
                .deploy(
                    target.cdk(),
                    target.folder(),
                    target.assembly(),
                    names,
                    step,
                    deadline,
                    listener)
                .map(round -> changes("stack", round.changed(), "deployed"))
                .then(deployed -> policies().map(after -> joined(before, deployed, after))));
  }

  private Outcome<List<Change>> policies() {
    return cloud.setPolicies(target.assembly()).map(names -> changes("stack policy", names, "set"));
  }

  private Outcome<List<Change>> secrets() {
    return cloud
        .emptySecrets(target.cluster().localId() + "-foundation")
        .then(EmptySecrets::refuse);
  }

  /** A pool that was emptied and is wanted again has the stack that is wanted, and no node. */
  private Outcome<List<Change>> pools() {
    return round("pools", Stack::isPool)
        .then(deployed ->
            cloud
                .restoreSizes(target.assembly())
                .map(names -> joined(deployed, changes("pool", names, "sizes put back"))));
  }

  private Outcome<List<Change>> surplusPools() {
    return cloud
        .surplusPools(target.assembly())
        .then(names ->
            names.isEmpty()
                ? Outcome.of(List.<Change>of())
                : cloud
                    .removePools(names, deadline, listener)
                    .map(removed -> changes("stack", removed, "drained and deleted")));
  }

  private Outcome<List<Change>> health() {
    var instances = new Instances(cloud);
    return instances.complete(deadline, listener).then(_ -> control.awaitHealth(instances::nodes));
  }

  private DeployReport report(Run run) {
    var outdated = run.succeeded() ? cloud.instances() : Outcome.of(List.<PoolInstances>of());
    return DeployReport.of(
        target, run.and(outdated.diagnostics()), outdated.value().orElse(List.of()));
  }

  private static List<Change> changes(String kind, List<String> names, String action) {
    return names.stream().map(name -> new Change(kind, name, action)).toList();
  }

  @SafeVarargs
  private static List<Change> joined(List<Change>... lists) {
    var all = new ArrayList<Change>();
    for (var list : lists) {
      all.addAll(list);
    }
    return all;
  }

  @Override
  public void close() {
    control.close();
    cloud.close();
  }
}
