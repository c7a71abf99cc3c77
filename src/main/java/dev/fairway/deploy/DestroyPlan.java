package dev.fairway.deploy;

import dev.fairway.deploy.aws.AwsResource;
import dev.fairway.deploy.aws.Estate;
import dev.fairway.deploy.aws.Layer;
import dev.fairway.deploy.aws.Reclaim;
import dev.fairway.deploy.aws.Retained;
import dev.fairway.deploy.kubernetes.Contents;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Severity;
import dev.fairway.model.Cluster;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@link Destroy} would do, in its order. It changes nothing and takes no lock; what a destroy
 * would refuse is a warning.
 */
public final class DestroyPlan implements AutoCloseable {
  private final Cluster cluster;
  private final DestroyOptions options;
  private final Estate estate;
  private final Contents contents;
  private final Listener listener;
  private final InstantSource clock;
  private final Deadline deadline;

  DestroyPlan(
      Cluster cluster,
      DestroyOptions options,
      Estate estate,
      Contents contents,
      Listener listener,
      InstantSource clock) {
    this.cluster = cluster;
    this.options = options;
    this.estate = estate;
    this.contents = contents;
    this.listener = listener;
    this.clock = clock;
    this.deadline = Deadline.in(options.limit(), clock);
  }

  /** With the ordinary environment of AWS and Kubernetes; asks nobody yet. */
  public static DestroyPlan of(
      Cluster cluster, DestroyOptions options, Listener listener, InstantSource clock) {
    return new DestroyPlan(
        cluster,
        options,
        Estate.of(cluster, listener),
        options.contents(cluster, listener, clock),
        listener,
        clock);
  }

  public DestroyReport run() {
    var run =
        Run.of(
            List.of(
                new Step("access", this::access),
                new Step("controllers", this::clear),
                new Step("pools", () -> delete(Layer.POOLS)),
                new Step("control-plane", () -> delete(Layer.CONTROL_PLANE)),
                new Step("leftovers", this::sweep),
                new Step("etcd", this::deleteEtcd),
                new Step("foundation", () -> delete(Layer.FOUNDATION)),
                new Step("network", () -> delete(Layer.NETWORK))),
            listener,
            clock);
    return Heirlooms.report(cluster, run, this::retained);
  }

  private Outcome<List<Change>> access() {
    return estate
        .caller()
        .then(_ -> estate.stacks())
        .then(stacks ->
            Outcome.unlessErrors(Protection.judge(stacks, Severity.WARNING), () -> stacks))
        .then(stacks ->
            Destroy.hasApi(stacks) ? contents.look(deadline).map(_ -> stacks) : Outcome.of(stacks))
        .map(_ -> List.of());
  }

  private Outcome<List<Change>> clear() {
    return contents
        .survey(deadline)
        .map(survey ->
            survey.objects().stream()
                .map(ref -> new Change("object", ref.toString(), "deleted"))
                .toList());
  }

  private Outcome<List<Change>> delete(Layer layer) {
    return estate
        .fullBuckets(layer)
        .then(buckets ->
            estate
                .stacks(layer)
                .map(stacks ->
                    Destroy.joined(emptied(buckets), Destroy.changes(stacks, "deleted"))));
  }

  private static List<Change> emptied(List<AwsResource> buckets) {
    return Destroy.changes(buckets, "emptied");
  }

  private Outcome<List<Change>> sweep() {
    return fates()
        .then(fates -> Outcome.unlessErrors(fates.judge(Severity.WARNING), () -> fates))
        .then(fates ->
            estate.leftovers().map(found -> Destroy.changes(judged(found, fates), "deleted")));
  }

  private Outcome<VolumeFates> fates() {
    return Destroy.fates(estate, contents, options, deadline);
  }

  /** What is not written on a volume yet is not known to the estate either. */
  private static List<AwsResource> judged(List<AwsResource> found, VolumeFates fates) {
    return Stream.concat(
            found.stream().filter(resource -> !resource.isVolume()),
            fates.with(Reclaim.DELETE).stream().map(AwsResource::volume))
        .toList();
  }

  private Outcome<List<Change>> deleteEtcd() {
    return delete(Layer.ETCD)
        .then(stacks ->
            estate
                .memberRecords()
                .map(records -> Destroy.joined(stacks, Destroy.changes(records, "deleted"))));
  }

  private Outcome<List<Retained>> retained() {
    return estate.retained().then(retained -> fates().map(fates -> plus(retained, fates)));
  }

  private static List<Retained> plus(List<Retained> retained, VolumeFates fates) {
    var all = new TreeSet<>(retained);
    fates.unwritten(Reclaim.RETAIN).stream().map(Retained::volume).forEach(all::add);
    return List.copyOf(all);
  }

  @Override
  public void close() {
    contents.close();
    estate.close();
  }
}
