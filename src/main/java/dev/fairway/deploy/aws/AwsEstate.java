package dev.fairway.deploy.aws;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The estate as AWS has it. */
final class AwsEstate implements Estate {
  /** A load balancer's interfaces stay for minutes after it, and keep its security groups. */
  private static final Duration SWEEP = Duration.ofMinutes(20);

  private final Cloud cloud;
  private final EstateClients clients;
  private final StackSearch search;
  private final StackDeletion deletion;
  private final RetainedResources retained;
  private final BucketContents buckets;
  private final Volumes volumes;
  private final Leftovers made;
  private final Leftovers records;

  private final Function<Objection, Estate> guarded;

  AwsEstate(
      EstateClients clients,
      Cluster cluster,
      Duration pause,
      Listener listener,
      Objection objection) {
    var ours = new Ownership(cluster);
    this.guarded = asked -> new AwsEstate(clients, cluster, pause, listener, asked);
    this.cloud = Cloud.of(cluster);
    this.clients = clients;
    this.search = new StackSearch(clients.cloudFormation(), ours);
    this.deletion = new StackDeletion(clients.cloudFormation(), ours, pause, listener, objection);
    this.retained = new RetainedResources(clients.cloudFormation());
    this.buckets = new BucketContents(clients.s3(), objection);
    this.volumes = new Volumes(clients.ec2(), ours);
    this.made =
        new Leftovers(
            List.of(
                new ClassicLoadBalancers(clients.balancing(), ours),
                new LoadBalancers(clients.balancingV2(), ours),
                new TargetGroups(clients.balancingV2(), ours),
                new SecurityGroups(clients.ec2(), ours),
                volumes),
            pause,
            listener);
    this.records =
        new Leftovers(List.of(new MemberRecords(clients.route53(), ours)), pause, listener);
  }

  static Estate of(Cluster cluster, Duration pause, Listener listener) {
    var clients = EstateClients.of(cluster.region().toString());
    return new AwsEstate(clients, cluster, pause, listener, Objection.NONE);
  }

  @Override
  public Estate guardedBy(Supplier<Optional<Diagnostic>> question) {
    return guarded.apply(new Objection(question));
  }

  @Override
  public Outcome<String> caller() {
    return cloud.caller();
  }

  @Override
  public Outcome<List<StackState>> stacks() {
    return asked(() -> {
      var standing = search.standing();
      return Stream.of(standing.own(), standing.controllers()).flatMap(List::stream).toList();
    });
  }

  @Override
  public Outcome<List<AwsResource>> stacks(Layer layer) {
    return asked(() -> own(layer).map(AwsEstate::resource).toList());
  }

  @Override
  public Outcome<SortedMap<String, Optional<Reclaim>>> volumes() {
    return asked(volumes::all);
  }

  @Override
  public Outcome<List<String>> mark(Collection<String> ids, Reclaim reclaim) {
    return asked(() -> {
      volumes.mark(ids, reclaim);
      return List.copyOf(ids);
    });
  }

  @Override
  public Outcome<List<AwsResource>> leftovers() {
    return asked(() ->
        Stream.concat(
                search.standing().controllers().stream().map(AwsEstate::resource),
                made.find().stream())
            .toList());
  }

  @Override
  public Outcome<List<AwsResource>> memberRecords() {
    return asked(records::find);
  }

  @Override
  public Outcome<List<AwsResource>> fullBuckets(Layer layer) {
    return asked(() ->
        own(layer)
            .flatMap(stack -> retained.doomedBuckets(stack).stream())
            .filter(bucket -> !buckets.isEmpty(bucket))
            .map(bucket -> new AwsResource(AwsResource.BUCKET, bucket))
            .toList());
  }

  @Override
  public Outcome<List<AwsResource>> empty(Layer layer, Deadline deadline) {
    return fullBuckets(layer)
        .then(full ->
            asked(() ->
                    full.stream().filter(bucket -> !buckets.delete(bucket.id(), deadline)).toList())
                .then(late -> judged(timeOver(late), () -> full)));
  }

  private static Diagnostics timeOver(List<AwsResource> late) {
    return late.stream()
        .findFirst()
        .map(bucket ->
            Diagnostics.of(
                Diagnostic.general(
                    Code.DESTROY_TIMEOUT,
                    "the time is over and the bucket %s still holds objects".formatted(bucket.id()),
                    "run the command again, with a longer --timeout: it goes on where it stopped")))
        .orElse(Diagnostics.NONE);
  }

  @Override
  public Outcome<List<AwsResource>> delete(Layer layer, Deadline deadline) {
    return asked(() -> own(layer).toList()).then(stacks -> delete(layer.word(), stacks, deadline));
  }

  @Override
  public Outcome<List<AwsResource>> sweep(Deadline deadline) {
    return asked(() -> search.standing().controllers())
        .then(stacks -> delete("leftovers", stacks, deadline))
        .then(stacks ->
            swept(made, "leftovers", deadline)
                .map(things -> Stream.concat(stacks.stream(), things.stream()).toList()));
  }

  @Override
  public Outcome<List<AwsResource>> deleteMemberRecords(Deadline deadline) {
    return swept(records, "etcd", deadline);
  }

  @Override
  public Outcome<List<Retained>> retained() {
    return asked(() -> {
      var existence = new Existence(clients.ec2(), clients.s3(), clients.secrets());
      var standing = search.standing().own().stream().flatMap(s -> retained.foreseen(s).stream());
      var gone = search.deleted().stream().flatMap(id -> retained.left(id).stream());
      var there = Stream.concat(standing, gone).filter(kept -> existence.isThere(kept.resource()));
      return List.copyOf(new TreeSet<>(Stream.concat(there, keptVolumes()).toList()));
    });
  }

  private Stream<Retained> keptVolumes() {
    return volumes.all().entrySet().stream()
        .filter(volume -> volume.getValue().equals(Optional.of(Reclaim.RETAIN)))
        .map(Map.Entry::getKey)
        .map(Retained::volume);
  }

  private Stream<StackState> own(Layer layer) {
    return search.standing().own().stream().filter(stack -> search.layer(stack) == layer);
  }

  private Outcome<List<AwsResource>> delete(
      String step, List<StackState> stacks, Deadline deadline) {
    return asked(() -> deletion.delete(step, stacks, deadline))
        .then(errors -> judged(errors, () -> stacks.stream().map(AwsEstate::resource).toList()));
  }

  private static Outcome<List<AwsResource>> swept(
      Leftovers leftovers, String step, Deadline deadline) {
    return asked(() -> leftovers.sweep(step, deadline.within(SWEEP)))
        .then(sweep -> judged(sweep.errors(), sweep::deleted));
  }

  private static AwsResource resource(StackState stack) {
    return new AwsResource(AwsResource.STACK, stack.stackName());
  }

  private static <T> Outcome<T> judged(Diagnostics errors, Supplier<T> value) {
    return Outcome.unlessErrors(errors, value);
  }

  private static <T> Outcome<T> asked(Supplier<T> question) {
    return AwsFailure.reported(() -> Outcome.of(question.get()));
  }

  @Override
  public void close() {
    clients.close();
    cloud.close();
  }
}
