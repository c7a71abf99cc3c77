package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.link.Assembly;
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
public interface Cloud extends AutoCloseable {
  /** What {@link #removePools} calls its step. */
  String POOLS_STEP = "pools";

  /** Opens no connection yet. */
  static Cloud of(Cluster cluster) {
    return new AwsCloud(cluster, Clients.of(cluster.region().toString()), Objection.NONE);
  }

  /**
   * The same, which asks before every write, and while {@code cdk} runs, why it may not go on: the
   * answer is the outcome's error then. It shares connections with this one: close one of them.
   */
  Cloud guardedBy(Supplier<Optional<Diagnostic>> question);

  /** Who we are to AWS, as an ARN: refused unless it is of the cluster's account. */
  Outcome<String> caller();

  /** Every stack that carries the cluster's tag, by stack name. */
  Outcome<SortedMap<String, StackState>> stacks();

  /**
   * The same once none of them moves any more: a deploy that was killed leaves some in progress.
   * Refused when one is in a state that only people can mend.
   */
  Outcome<SortedMap<String, StackState>> settled(Deadline deadline, Listener listener);

  /** Sets the stack policies of the stacks that stand and have another; names of those stacks. */
  Outcome<List<String>> setPolicies(Assembly assembly);

  /**
   * Deploys stacks of the assembly by {@code cdk}, each after those of them that it needs.
   *
   * @param assemblyFolder where the assembly was written
   * @param step what events call it
   */
  Outcome<RoundResult> deploy(
      CdkCli cdk,
      Path assemblyFolder,
      Assembly assembly,
      List<String> stackNames,
      String step,
      Deadline deadline,
      Listener listener);

  /** The names of the stack's secrets that have no current version, sorted. */
  Outcome<List<String>> emptySecrets(String foundationStackName);

  /** The stacks that differ from the assembly, in deploy order, and in what. */
  Outcome<List<StackDifference>> differences(Assembly assembly);

  /**
   * The resources of the assembly's stacks that somebody changed or deleted, as CloudFormation
   * finds; a warning where it can't tell.
   */
  Outcome<List<ResourceDrift>> detectedDrift(Assembly assembly, Deadline deadline);

  /**
   * The stacks of the assembly's pools whose groups have other sizes than the stacks say, in deploy
   * order; changes nothing.
   */
  Outcome<List<String>> otherSizes(Assembly assembly);

  /**
   * Gives the groups of the assembly's pools back the sizes of their stacks, where somebody gave
   * them others; the names of those stacks. For stacks that are deployed.
   */
  Outcome<List<String>> restoreSizes(Assembly assembly);

  /** The stacks of pools that the assembly does not have, by stack name. */
  Outcome<List<String>> surplusPools(Assembly assembly);

  /**
   * Whether {@link #removePools} would take these on, with nothing changed; names of those that
   * stand. Refused when one is protected against termination.
   */
  Outcome<List<String>> removable(List<String> stackNames);

  /**
   * Drains the nodes of these pools and deletes their stacks; names of those that are gone now.
   * None is touched when one is protected against termination.
   */
  Outcome<List<String>> removePools(List<String> stackNames, Deadline deadline, Listener listener);

  /** Every Auto Scaling group of the cluster, masters' and etcd's too, with its instances. */
  Outcome<List<PoolInstances>> instances();

  /**
   * The same for who asks again and again; empty when AWS has no answer now, and may in a while.
   */
  Outcome<Optional<List<PoolInstances>>> instancesNow();

  @Override
  void close();
}
