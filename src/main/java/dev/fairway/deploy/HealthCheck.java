package dev.fairway.deploy;

import dev.fairway.deploy.aws.Cloud;
import dev.fairway.deploy.aws.StackState;
import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.DeployRecords;
import dev.fairway.deploy.kubernetes.Guard;
import dev.fairway.deploy.kubernetes.Health;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Whether a cluster is well: its stacks stand, its groups have their instances, it was deployed to
 * its release, its nodes are ready and what the release runs does run. What is on the mend has
 * until the time is over. Asks only.
 */
public final class HealthCheck implements AutoCloseable {
  private final Target target;
  private final Deadline deadline;
  private final Cloud cloud;
  private final Outcome<ClusterApi> api;
  private final Listener listener;
  private final InstantSource clock;

  HealthCheck(
      Target target,
      Duration limit,
      Cloud cloud,
      Outcome<ClusterApi> api,
      Listener listener,
      InstantSource clock) {
    this.target = target;
    this.deadline = Deadline.in(limit, clock);
    this.cloud = cloud;
    this.api = api;
    this.listener = listener;
    this.clock = clock;
  }

  /** With the ordinary environment of AWS and Kubernetes; asks nobody yet. */
  public static HealthCheck of(
      Target target, Duration limit, Listener listener, InstantSource clock) {
    return new HealthCheck(
        target,
        limit,
        Cloud.of(target.cluster()),
        ClusterApi.of(target.cluster(), clock),
        listener,
        clock);
  }

  /** Succeeded when the cluster is well; otherwise its diagnostics say what is not, and why. */
  public Run run() {
    return Run.of(
        List.of(
            new Step("access", () -> cloud.caller().map(_ -> List.of())),
            new Step("stacks", this::stacks),
            new Step("health", this::health)),
        listener,
        clock);
  }

  private Outcome<List<Change>> stacks() {
    return cloud
        .settled(deadline, listener)
        .then(states -> Outcome.unlessErrors(missing(states), List::of));
  }

  private Diagnostics missing(SortedMap<String, StackState> states) {
    return new Diagnostics(
        target.assembly().stackNames().stream()
            .filter(name ->
                Optional.ofNullable(states.get(name))
                    .filter(state -> state.status().isStanding())
                    .isEmpty())
            .map(name -> undeployed("the stack " + name + " does not stand"))
            .toList());
  }

  private Outcome<List<Change>> health() {
    var instances = new Instances(cloud);
    return instances
        .complete(deadline, listener)
        .then(_ -> api)
        .then(found -> found.awaitReady(deadline, listener))
        .then(found -> found.belongsToCluster(deadline))
        .then(this::deployed)
        .then(ours ->
            new Health(ours, Manifests.of(target.assembly()))
                .await(Health.Scope.ALL, instances::nodes, deadline, listener))
        .map(_ -> List.of());
  }

  /** How well a cluster is with another release says nothing of this one. */
  private Outcome<ClusterApi> deployed(ClusterApi ours) {
    return new DeployRecords(ours, Guard.NONE)
        .read(deadline)
        .then(last ->
            Outcome.unlessErrors(
                new Diagnostics(
                    RunRecord.unlike(target, last).stream().map(HealthCheck::undeployed).toList()),
                () -> ours));
  }

  private static Diagnostic undeployed(String why) {
    return Diagnostic.general(Code.NOT_DEPLOYED, why, "deploy the cluster");
  }

  @Override
  public void close() {
    api.value().ifPresent(ClusterApi::close);
    cloud.close();
  }
}
