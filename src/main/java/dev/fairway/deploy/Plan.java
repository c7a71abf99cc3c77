package dev.fairway.deploy;

import dev.fairway.deploy.aws.Cloud;
import dev.fairway.deploy.aws.PoolInstances;
import dev.fairway.deploy.aws.StackDifference;
import dev.fairway.deploy.aws.StackState;
import dev.fairway.deploy.aws.StackStatus;
import dev.fairway.deploy.aws.ValueChange;
import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.Guard;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a deploy would do to a cluster, found by asking only. */
public final class Plan implements AutoCloseable {
  private static final Set<String> SIZES = Set.of("PoolMinSize", "PoolMaxSize");

  private final Target target;
  private final DeployOptions options;
  private final Cloud cloud;
  private final Outcome<ClusterApi> api;
  private final Listener listener;
  private final InstantSource clock;
  private final Deadline deadline;

  Plan(
      Target target,
      DeployOptions options,
      Cloud cloud,
      Outcome<ClusterApi> api,
      Listener listener,
      InstantSource clock) {
    this.target = target;
    this.options = options;
    this.cloud = cloud;
    this.api = api;
    this.listener = listener;
    this.clock = clock;
    this.deadline = Deadline.in(options.limit(), clock);
  }

  /** With the ordinary environment of AWS and Kubernetes; asks nobody yet. */
  public static Plan of(
      Target target, DeployOptions options, Listener listener, InstantSource clock) {
    return new Plan(
        target,
        options,
        Cloud.of(target.cluster()),
        ClusterApi.of(target.cluster(), clock),
        listener,
        clock);
  }

  public DeployReport run() {
    var run =
        Run.of(
            List.of(
                new Step("access", () -> cloud.caller().map(_ -> List.of())),
                new Step("stacks", this::stacks),
                new Step("secrets", this::secrets),
                new Step("manifests", this::manifests),
                new Step("surplus-pools", this::surplusPools),
                new Step("standstill", this::standstill)),
            listener,
            clock);
    var groups = run.succeeded() ? cloud.instances() : Outcome.of(List.<PoolInstances>of());
    return DeployReport.of(target, run.and(groups.diagnostics()), groups.value().orElse(List.of()));
  }

  private Outcome<List<Change>> stacks() {
    return cloud.differences(target.assembly()).then(this::stacks);
  }

  private Outcome<List<Change>> stacks(List<StackDifference> differences) {
    var resized =
        differences.stream().filter(Plan::resizes).map(StackDifference::stackName).toList();
    return cloud
        .otherSizes(target.assembly())
        .map(names -> {
          var changes = new ArrayList<>(StackChanges.of(differences));
          names.stream()
              .filter(name -> !resized.contains(name))
              .forEach(name -> changes.add(new Change("pool", name, "sizes put back")));
          return changes;
        });
  }

  /** A group whose stack gets other sizes has those of the stack already, or gets them with it. */
  private static boolean resizes(StackDifference difference) {
    return difference.parameters().stream().map(ValueChange::name).anyMatch(SIZES::contains);
  }

  /** A deploy would stop there, so the plan says it, and goes on to the rest. */
  private Outcome<List<Change>> secrets() {
    var foundation = target.cluster().localId() + "-foundation";
    return cloud
        .stacks()
        .then(standing ->
            Optional.ofNullable(standing.get(foundation))
                    .filter(state -> state.status().isStanding())
                    .isPresent()
                ? cloud.emptySecrets(foundation)
                : Outcome.of(List.of("all of " + foundation)))
        .map(names ->
            names.stream()
                .map(name -> new Change("secret", name, "filled first: a deploy stops before it"))
                .toList());
  }

  private Outcome<List<Change>> manifests() {
    return api.then(found ->
        found
            .isThere()
            .then(isThere ->
                isThere
                    ? found.belongsToCluster(deadline).then(_ -> manifests(found))
                    : new Outcome<>(Optional.of(List.of()), Diagnostics.of(unknown(found)))));
  }

  private Outcome<List<Change>> manifests(ClusterApi found) {
    return new Objects(
            found,
            Guard.NONE,
            Manifests.of(target.assembly()),
            target.assembly().release(),
            options.budget(),
            deadline,
            listener)
        .judged()
        .map(judged -> {
          var changes = new ArrayList<>(Objects.changes(judged.changes()));
          judged
              .leftovers()
              .deleted()
              .forEach(ref -> changes.add(new Change("object", ref.toString(), "deleted")));
          return changes;
        });
  }

  private static Diagnostic unknown(ClusterApi found) {
    return Diagnostic.general(
        Code.API_DOWN,
        "%s does not answer, so nothing is known of the objects there".formatted(found.server()),
        "a first deploy brings it up; otherwise check KUBECONFIG and the way there");
  }

  private Outcome<List<Change>> surplusPools() {
    return cloud
        .surplusPools(target.assembly())
        .then(cloud::removable)
        .map(names ->
            names.stream().map(name -> new Change("stack", name, "drained and deleted")).toList());
  }

  /** A deploy would stop at these at once: a plan tells all the rest too. */
  private Outcome<List<Change>> standstill() {
    return cloud
        .stacks()
        .then(standing ->
            Outcome.unlessErrors(
                new Diagnostics(
                    standing.values().stream()
                        .filter(state -> !isDeletedAgain(state))
                        .flatMap(state -> state.stuck().stream())
                        .toList()),
                List::of));
  }

  private boolean isDeletedAgain(StackState state) {
    return state.status() == StackStatus.DELETE_FAILED
        && state.isPool()
        && !target.assembly().stackNames().contains(state.stackName());
  }

  @Override
  public void close() {
    api.value().ifPresent(ClusterApi::close);
    cloud.close();
  }
}
