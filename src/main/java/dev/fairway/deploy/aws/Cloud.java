package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
import dev.fairway.link.Stack;
import dev.fairway.model.Cluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * The AWS side of one cluster, in its account and region, with the ordinary environment: profiles,
 * {@code AWS_ENDPOINT_URL} and all else that the SDK reads. What AWS refuses comes back as a
 * diagnostic.
 */
public final class Cloud implements AutoCloseable {
  /** What {@link #removePools} calls its step. */
  public static final String POOLS_STEP = "pools";

  private final Cluster cluster;
  private final Clients clients;
  private final Objection objection;
  private final String clusterTag;

  private Cloud(Cluster cluster, Clients clients, Objection objection) {
    this.cluster = cluster;
    this.clients = clients;
    this.objection = objection;
    this.clusterTag = Stack.clusterTag(cluster.id());
  }

  /** Opens no connection yet. */
  public static Cloud of(Cluster cluster) {
    return new Cloud(cluster, new Clients(cluster.region().toString()), Objection.NONE);
  }

  /**
   * The same, which asks before every write, and while {@code cdk} runs, why it may not go on: the
   * answer is the outcome's error then. It shares connections with this one: close one of them.
   */
  public Cloud guardedBy(Supplier<Optional<Diagnostic>> question) {
    return new Cloud(cluster, clients, new Objection(question));
  }

  /** Who we are to AWS, as an ARN: refused unless it is of the cluster's account. */
  public Outcome<String> caller() {
    return AwsFailure.reported(() -> {
      var caller = clients.sts().getCallerIdentity();
      return caller.account().equals(cluster.account().id())
          ? Outcome.of(caller.arn())
          : wrongAccount(caller.arn(), caller.account());
    });
  }

  private Outcome<String> wrongAccount(String arn, String account) {
    return new Outcome<>(
        Optional.empty(),
        Diagnostics.of(
            Diagnostic.general(
                Code.WRONG_ACCOUNT,
                "the credentials are of %s in account %s, and cluster %s is in account %s"
                    .formatted(arn, account, cluster.alias(), cluster.account()),
                "sign in to account %s, or name a profile of it by AWS_PROFILE"
                    .formatted(cluster.account()))));
  }

  /** Every stack that carries the cluster's tag, by stack name. */
  public Outcome<SortedMap<String, StackState>> stacks() {
    return AwsFailure.reported(() -> Outcome.of(states().all()));
  }

  /**
   * The same once none of them moves any more: a deploy that was killed leaves some in progress.
   * Refused when one is in a state that only people can mend.
   */
  public Outcome<SortedMap<String, StackState>> settled(Deadline deadline, Listener listener) {
    return AwsFailure.reported(() -> states().settled(deadline, listener));
  }

  /** Sets the stack policies of the stacks that stand and have another; names of those stacks. */
  public Outcome<List<String>> setPolicies(Assembly assembly) {
    return AwsFailure.reported(
        () -> Outcome.of(policies(assembly).set(assembly.stacks(), states().all(), objection)));
  }

  /**
   * Deploys stacks of the assembly by {@code cdk}, each after those of them that it needs.
   *
   * @param assemblyFolder where the assembly was written
   * @param step what events call it
   */
  public Outcome<RoundResult> deploy(
      CdkCli cdk,
      Path assemblyFolder,
      Assembly assembly,
      List<String> stackNames,
      String step,
      Deadline deadline,
      Listener listener) {
    return AwsFailure.reported(() ->
        new Round(
                states(),
                cdk,
                assemblyFolder,
                Round.of(assembly, stackNames),
                step,
                deadline,
                listener,
                objection)
            .run());
  }

  /** The names of the stack's secrets that have no current version, sorted. */
  public Outcome<List<String>> emptySecrets(String foundationStackName) {
    return AwsFailure.reported(() ->
        Outcome.of(
            new Secrets(clients.cloudFormation(), clients.secrets()).empty(foundationStackName)));
  }

  /** The stacks that differ from the assembly, in deploy order, and in what. */
  public Outcome<List<StackDifference>> differences(Assembly assembly) {
    return AwsFailure.reported(() -> Outcome.of(differences(assembly, states().all())));
  }

  /**
   * The resources of the assembly's stacks that somebody changed or deleted, as CloudFormation
   * finds; a warning where it can't tell.
   */
  public Outcome<List<ResourceDrift>> detectedDrift(Assembly assembly, Deadline deadline) {
    return AwsFailure.reported(() -> {
      var standing = states().all();
      return new DriftDetection(clients.cloudFormation(), deadline)
          .of(
              assembly.stacks().stream()
                  .filter(stack ->
                      Optional.ofNullable(standing.get(stack.stackName()))
                          .filter(state -> state.status().isStanding())
                          .isPresent())
                  .toList());
    });
  }

  /**
   * Gives the groups of the assembly's pools back the sizes of their stacks, where somebody gave
   * them others; the names of those stacks. For stacks that are deployed.
   */
  public Outcome<List<String>> restoreSizes(Assembly assembly) {
    var pools = assembly.stacks().stream().filter(Stack::isPool).toList();
    return pools.isEmpty()
        ? Outcome.of(List.of())
        : AwsFailure.reported(() ->
            Outcome.of(
                new ScalingGroups(clients.autoScaling(), clusterTag).restore(pools, objection)));
  }

  /** The stacks of pools that the assembly does not have, by stack name. */
  public Outcome<List<String>> surplusPools(Assembly assembly) {
    return stacks()
        .map(states ->
            states.values().stream()
                .filter(StackState::isPool)
                .map(StackState::stackName)
                .filter(name -> !assembly.stackNames().contains(name))
                .toList());
  }

  /**
   * Whether {@link #removePools} would take these on, with nothing changed; names of those that
   * stand. Refused when one is protected against termination.
   */
  public Outcome<List<String>> removable(List<String> stackNames) {
    return stackNames.isEmpty()
        ? Outcome.of(List.of())
        : AwsFailure.reported(() ->
            PoolRemoval.removable(states(), stackNames)
                .map(standing -> List.copyOf(standing.keySet())));
  }

  /**
   * Drains the nodes of these pools and deletes their stacks; names of those that are gone now.
   * None is touched when one is protected against termination.
   */
  public Outcome<List<String>> removePools(
      List<String> stackNames, Deadline deadline, Listener listener) {
    return AwsFailure.reported(() ->
        new PoolRemoval(
                clients.cloudFormation(),
                states(),
                new ScalingGroups(clients.autoScaling(), clusterTag),
                deadline,
                listener,
                objection)
            .remove(stackNames));
  }

  /** Every Auto Scaling group of the cluster, masters' and etcd's too, with its instances. */
  public Outcome<List<PoolInstances>> instances() {
    return AwsFailure.reported(
        () -> Outcome.of(new ScalingGroups(clients.autoScaling(), clusterTag).instances()));
  }

  private List<StackDifference> differences(
      Assembly assembly, SortedMap<String, StackState> states) {
    return new Differences(clients.cloudFormation(), assembly::file, policies(assembly))
        .between(assembly.stacks(), states);
  }

  private StackPolicies policies(Assembly assembly) {
    return new StackPolicies(clients.cloudFormation(), assembly::file);
  }

  private Stacks states() {
    return new Stacks(clients.cloudFormation(), clusterTag);
  }

  @Override
  public void close() {
    clients.close();
  }
}
