package dev.fairway.deploy;

import dev.fairway.deploy.aws.AwsResource;
import dev.fairway.deploy.aws.Estate;
import dev.fairway.deploy.aws.Layer;
import dev.fairway.deploy.aws.Reclaim;
import dev.fairway.deploy.aws.StackState;
import dev.fairway.deploy.kubernetes.Contents;
import dev.fairway.deploy.kubernetes.ObjectRef;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.diagnostic.Severity;
import dev.fairway.model.Cluster;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes a cluster away: first what its controllers made, as long as they can do it themselves, then
 * the stacks against the order in which they were deployed, and between them what is left of the
 * former. All is found anew by each run, so one that was killed is finished by the next.
 */
public final class Destroy implements AutoCloseable {
  private final Cluster cluster;
  private final DestroyOptions options;
  private final Estate estate;
  private final Contents contents;
  private final Listener listener;
  private final InstantSource clock;
  private final Deadline deadline;

  Destroy(
      Cluster cluster,
      DestroyOptions options,
      Estate estate,
      Contents contents,
      Listener listener,
      InstantSource clock) {
    this.cluster = cluster;
    this.options = options;
    this.estate = estate.guardedBy(contents::objection);
    this.contents = contents;
    this.listener = listener;
    this.clock = clock;
    this.deadline = Deadline.in(options.limit(), clock);
  }

  /** With the ordinary environment of AWS and Kubernetes; asks nobody yet. */
  public static Destroy of(
      Cluster cluster, DestroyOptions options, Listener listener, InstantSource clock) {
    return new Destroy(
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
                new Step("volumes", this::mark),
                new Step("controllers", this::clear),
                new Step("pools", () -> delete(Layer.POOLS)),
                new Step("control-plane", this::deleteControlPlane),
                new Step("leftovers", this::sweep),
                new Step("etcd", this::deleteEtcd),
                new Step("foundation", () -> delete(Layer.FOUNDATION)),
                new Step("network", () -> delete(Layer.NETWORK))),
            listener,
            clock);
    return Heirlooms.report(cluster, run, estate::retained);
  }

  /** Refused before anything is touched: a foreign account or API, and what people protect. */
  private Outcome<List<Change>> access() {
    return estate
        .caller()
        .then(_ -> estate.stacks())
        .then(
            stacks -> Outcome.unlessErrors(Protection.judge(stacks, Severity.ERROR), () -> stacks))
        .then(stacks ->
            hasApi(stacks) ? contents.enter(deadline).map(_ -> stacks) : Outcome.of(stacks))
        .map(_ -> List.of());
  }

  /** Without masters whoever answers is somebody else. */
  static boolean hasApi(List<StackState> stacks) {
    return stacks.stream().anyMatch(stack -> stack.name().equals(Layer.CONTROL_PLANE.word()));
  }

  private Outcome<List<Change>> mark() {
    return fates()
        .then(fates -> Outcome.unlessErrors(fates.judge(Severity.ERROR), () -> fates))
        .then(this::mark);
  }

  private Outcome<VolumeFates> fates() {
    return fates(estate, contents, options, deadline);
  }

  private Outcome<List<Change>> mark(VolumeFates fates) {
    return mark(fates, Reclaim.RETAIN)
        .then(kept -> mark(fates, Reclaim.DELETE).map(doomed -> joined(kept, doomed)));
  }

  static Outcome<VolumeFates> fates(
      Estate estate, Contents contents, DestroyOptions options, Deadline deadline) {
    return estate
        .volumes()
        .then(tagged ->
            contents
                .survey(deadline)
                .map(
                    survey -> new VolumeFates(tagged, survey.volumes(), options.unknownVolumes())));
  }

  private Outcome<List<Change>> mark(VolumeFates fates, Reclaim reclaim) {
    return estate
        .mark(fates.unwritten(reclaim), reclaim)
        .map(ids ->
            ids.stream().map(id -> new Change("volume", id, "tagged: " + reclaim.word())).toList());
  }

  /** Until workloads were ended they could claim volumes that nobody had asked about yet. */
  private Outcome<List<Change>> clear() {
    return contents
        .clear(deadline)
        .map(Destroy::deletions)
        .then(gone -> fates().then(this::mark).map(marked -> joined(gone, marked)));
  }

  private static List<Change> deletions(List<ObjectRef> gone) {
    return gone.stream().map(ref -> new Change("object", ref.toString(), "deleted")).toList();
  }

  /** A volume of which nothing is written by now may have to be kept. */
  private Outcome<List<Change>> sweep() {
    return mark().then(marked -> deleted(estate.sweep(deadline)).map(gone -> joined(marked, gone)));
  }

  /** Whoever took the lock meanwhile deploys, and is not to be robbed of what he stands on. */
  private Outcome<List<Change>> delete(Layer layer) {
    var lost = new Diagnostics(contents.objection().stream().toList());
    return Outcome.unlessErrors(lost, () -> layer)
        .then(_ -> estate.empty(layer, deadline))
        .then(buckets ->
            deleted(estate.delete(layer, deadline))
                .map(stacks -> joined(changes(buckets, "emptied"), stacks)));
  }

  /** The lock is held until it is gone with the API: who waits for it would deploy anew. */
  private Outcome<List<Change>> deleteControlPlane() {
    return delete(Layer.CONTROL_PLANE)
        .map(gone -> {
          contents.leave();
          return gone;
        });
  }

  /** A member that still boots would write its record again. */
  private Outcome<List<Change>> deleteEtcd() {
    return delete(Layer.ETCD)
        .then(stacks ->
            deleted(estate.deleteMemberRecords(deadline)).map(records -> joined(stacks, records)));
  }

  private static Outcome<List<Change>> deleted(Outcome<List<AwsResource>> gone) {
    return gone.map(resources -> changes(resources, "deleted"));
  }

  static List<Change> changes(List<AwsResource> resources, String action) {
    return resources.stream()
        .map(resource -> new Change(resource.type(), resource.id(), action))
        .toList();
  }

  static List<Change> joined(List<Change> first, List<Change> second) {
    return Stream.of(first, second).flatMap(List::stream).toList();
  }

  @Override
  public void close() {
    contents.close();
    estate.close();
  }
}
