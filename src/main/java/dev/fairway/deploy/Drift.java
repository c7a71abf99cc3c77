package dev.fairway.deploy;

import dev.fairway.deploy.aws.Cloud;
import dev.fairway.deploy.aws.ResourceDrift;
import dev.fairway.deploy.aws.StackDifference;
import dev.fairway.deploy.aws.ValueChange;
import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.kubernetes.ObjectDrift;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a cluster differs from its release: stacks from their templates, parameters and tags,
 * resources from their stacks, objects in the fields that Fairway owns. Asks only.
 */
public final class Drift implements AutoCloseable {
  private final Target target;
  private final Listener listener;
  private final InstantSource clock;
  private final Deadline deadline;
  private final Cloud cloud;
  private final Outcome<ClusterApi> api;

  Drift(
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
  public static Drift of(Target target, Duration limit, Listener listener, InstantSource clock) {
    return new Drift(
        target,
        limit,
        Cloud.of(target.cluster()),
        ClusterApi.of(target.cluster(), clock),
        listener,
        clock);
  }

  /** Each change is one that would bring the cluster back. */
  public Run run() {
    return Run.of(
        List.of(
            new Step("access", () -> cloud.caller().map(_ -> List.of())),
            new Step("stacks", this::stacks),
            new Step("resources", this::resources),
            new Step("surplus-pools", this::surplusPools),
            new Step("objects", this::objects)),
        listener,
        clock);
  }

  /** The run's diagnostics, and one for each thing that differs. */
  public static Diagnostics diagnostics(Run run) {
    return run.diagnostics()
        .plus(new Diagnostics(run.changes().stream().map(Drift::diagnostic).toList()));
  }

  private static Diagnostic diagnostic(Change change) {
    return Diagnostic.general(
        Code.DRIFT,
        "%s %s: %s".formatted(change.kind(), change.name(), change.action()),
        "deploy to bring it back, wait for its wave where its channel just moved, or bring it into"
            + " the platform or the record if it is meant");
  }

  private Outcome<List<Change>> stacks() {
    return cloud
        .differences(target.assembly())
        .map(found -> found.stream().flatMap(Drift::of).toList());
  }

  private static Stream<Change> of(StackDifference stack) {
    if (stack.isMissing()) {
      return Stream.of(new Change("stack", stack.stackName(), "is missing"));
    }
    var words = new ArrayList<String>();
    var template = stack.template();
    template.added().forEach(name -> words.add(name + " is not in its template"));
    template.removed().forEach(name -> words.add(name + " is in its template, and not in ours"));
    template.changed().forEach(name -> words.add(name + " is another in its template"));
    stack.parameters().forEach(change -> words.add("parameter " + words(change)));
    stack.tags().forEach(change -> words.add("tag " + words(change)));
    stack
        .terminationProtection()
        .ifPresent(on -> words.add("termination protection is " + (on ? "off" : "on")));
    if (stack.isPolicyOther()) {
      words.add("has another stack policy");
    }
    return words.stream().map(text -> new Change("stack", stack.stackName(), text));
  }

  private static String words(ValueChange change) {
    return "%s is %s, and the release says %s"
        .formatted(
            change.name(), change.was().orElse("missing"), change.becomes().orElse("nothing"));
  }

  private Outcome<List<Change>> resources() {
    return cloud
        .detectedDrift(target.assembly(), deadline)
        .map(found -> found.stream().flatMap(Drift::of).toList());
  }

  private static Stream<Change> of(ResourceDrift resource) {
    var name =
        "%s of %s (%s)"
            .formatted(resource.logicalId(), resource.stackName(), resource.physicalId());
    return resource.isDeleted()
        ? Stream.of(new Change(resource.type(), name, "is gone"))
        : resource.properties().stream()
            .map(property ->
                new Change(
                    resource.type(),
                    name,
                    "%s is %s, and its stack says %s"
                        .formatted(property.path(), property.actual(), property.expected())));
  }

  private Outcome<List<Change>> surplusPools() {
    return cloud
        .surplusPools(target.assembly())
        .map(names ->
            names.stream()
                .map(
                    name -> new Change("stack", name, "is of a pool that the record does not have"))
                .toList());
  }

  private Outcome<List<Change>> objects() {
    return api.then(found -> found.awaitReady(deadline, listener))
        .then(found -> found.belongsToCluster(deadline))
        .then(ours -> new ObjectDrift(ours).of(Manifests.of(target.assembly()), deadline))
        .map(found ->
            found.stream()
                .map(drift -> new Change("object", drift.ref().toString(), drift.toString()))
                .toList());
  }

  @Override
  public void close() {
    api.value().ifPresent(ClusterApi::close);
    cloud.close();
  }
}
