package dev.fairway.deploy.aws;

import static java.util.stream.Collectors.toSet;

import dev.fairway.deploy.aws.PublishedAssets.Presence;
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
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The AWS side of a cluster as AWS has it. */
final class AwsCloud implements Cloud {
  private final Cluster cluster;
  private final Clients clients;
  private final Objection objection;
  private final String clusterTag;

  AwsCloud(Cluster cluster, Clients clients, Objection objection) {
    this.cluster = cluster;
    this.clients = clients;
    this.objection = objection;
    this.clusterTag = Stack.clusterTag(cluster.id());
  }

  @Override
  public Cloud guardedBy(Supplier<Optional<Diagnostic>> question) {
    return new AwsCloud(cluster, clients, new Objection(question));
  }

  @Override
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

  @Override
  public Outcome<SortedMap<String, StackState>> stacks() {
    return AwsFailure.reported(() -> Outcome.of(states().all()));
  }

  @Override
  public Outcome<SortedMap<String, StackState>> settled(Deadline deadline, Listener listener) {
    return AwsFailure.reported(() -> states().settled(deadline, listener));
  }

  @Override
  public Outcome<List<String>> setPolicies(Assembly assembly) {
    return AwsFailure.reported(
        () -> Outcome.of(policies(assembly).set(assembly.stacks(), states().all(), objection)));
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
    // Whoever still works on a stack may yet roll it back, whatever its template says meanwhile.
    return settled(deadline, listener)
        .then(states ->
            AwsFailure.reported(() ->
                new Round(
                        states(),
                        cdk,
                        assemblyFolder,
                        unlike(assembly, stackNames, states),
                        step,
                        deadline,
                        listener,
                        objection)
                    .run()));
  }

  /**
   * The stacks that are not what the assembly says, and those whose nodes would not find what they
   * boot with. The CDK CLI leaves the others alone too, and takes two seconds of a CPU to find that
   * out.
   */
  private List<Stack> unlike(
      Assembly assembly, List<String> stackNames, SortedMap<String, StackState> states) {
    var wanted = Round.of(assembly, stackNames);
    var names =
        differences(assembly, wanted, states).stream()
            .map(StackDifference::stackName)
            .collect(toSet());
    var published = published(assembly);
    return wanted.stream()
        .filter(stack ->
            names.contains(stack.stackName()) || published.nodeConfig(stack) != Presence.THERE)
        .toList();
  }

  @Override
  public Outcome<List<String>> emptySecrets(String foundationStackName) {
    return AwsFailure.reported(() ->
        Outcome.of(
            new Secrets(clients.cloudFormation(), clients.secrets()).empty(foundationStackName)));
  }

  @Override
  public Outcome<List<StackDifference>> differences(Assembly assembly) {
    return AwsFailure.reported(
        () -> Outcome.of(differences(assembly, assembly.stacks(), states().all())));
  }

  @Override
  public Outcome<List<ResourceDrift>> detectedDrift(Assembly assembly, Deadline deadline) {
    return AwsFailure.reported(() -> {
      var all = states().all();
      var standing =
          assembly.stacks().stream()
              .flatMap(stack -> Optional.ofNullable(all.get(stack.stackName())).stream())
              .filter(state -> state.status().isStanding())
              .toList();
      return new DriftDetection(clients.cloudFormation(), deadline).of(standing);
    });
  }

  @Override
  public Outcome<List<String>> otherSizes(Assembly assembly) {
    return sized(assembly, ScalingGroups::unlike);
  }

  @Override
  public Outcome<List<String>> restoreSizes(Assembly assembly) {
    return sized(assembly, (groups, pools) -> groups.restore(pools, objection));
  }

  private Outcome<List<String>> sized(
      Assembly assembly, BiFunction<ScalingGroups, List<Stack>, List<String>> work) {
    var pools = assembly.stacks().stream().filter(Stack::isPool).toList();
    return pools.isEmpty()
        ? Outcome.of(List.of())
        : AwsFailure.reported(() -> Outcome.of(work.apply(groups(), pools)));
  }

  @Override
  public Outcome<List<String>> surplusPools(Assembly assembly) {
    return stacks()
        .map(states ->
            states.values().stream()
                .filter(StackState::isPool)
                .map(StackState::stackName)
                .filter(name -> !assembly.stackNames().contains(name))
                .toList());
  }

  @Override
  public Outcome<List<String>> removable(List<String> stackNames) {
    return stackNames.isEmpty()
        ? Outcome.of(List.of())
        : AwsFailure.reported(() ->
            PoolRemoval.removable(states(), stackNames)
                .map(standing -> List.copyOf(standing.keySet())));
  }

  @Override
  public Outcome<List<String>> removePools(
      List<String> stackNames, Deadline deadline, Listener listener) {
    return AwsFailure.reported(() ->
        new PoolRemoval(clients.cloudFormation(), states(), groups(), deadline, listener, objection)
            .remove(stackNames));
  }

  @Override
  public Outcome<List<PoolInstances>> instances() {
    return AwsFailure.reported(() -> Outcome.of(groups().instances()));
  }

  @Override
  public Outcome<Optional<List<PoolInstances>>> instancesNow() {
    return AwsFailure.reported(
        () -> Outcome.of(AwsFailure.unlessPassing(() -> groups().instances())));
  }

  private List<StackDifference> differences(
      Assembly assembly, List<Stack> stacks, SortedMap<String, StackState> states) {
    return new Differences(
            clients.cloudFormation(), assembly::file, policies(assembly), published(assembly))
        .between(stacks, states);
  }

  private PublishedAssets published(Assembly assembly) {
    return new PublishedAssets(clients.s3(), assembly::file);
  }

  private StackPolicies policies(Assembly assembly) {
    return new StackPolicies(clients.cloudFormation(), assembly::file);
  }

  private ScalingGroups groups() {
    return new ScalingGroups(clients.autoScaling(), clusterTag);
  }

  private Stacks states() {
    return new Stacks(clients.cloudFormation(), clusterTag);
  }

  @Override
  public void close() {
    clients.close();
  }
}
