package dev.fairway.deploy;

import dev.fairway.deploy.kubernetes.ClusterApi;
import dev.fairway.deploy.kubernetes.DeployLease;
import dev.fairway.deploy.kubernetes.DeployRecords;
import dev.fairway.deploy.kubernetes.Health;
import dev.fairway.deploy.kubernetes.Manifests;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** The Kubernetes side of a deploy as the cluster's API has it. */
final class ApiControl implements Control {
  /** The time of the deploy itself may be over when there is something to record. */
  private static final Duration PARTING = Duration.ofSeconds(30);

  /** A server that is replaced, or a way to it that is. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private static final Outcome<List<Change>> NOTHING = Outcome.of(List.of());

  private final Target target;
  private final DeployOptions options;
  private final Listener listener;
  private final Deadline deadline;
  private final InstantSource clock;
  private final Outcome<ClusterApi> api;

  /** Entered at the start, or half-way. */
  private final AtomicReference<Optional<Objects>> entered =
      new AtomicReference<>(Optional.empty());

  private final AtomicReference<Optional<DeployLease>> lease =
      new AtomicReference<>(Optional.empty());

  ApiControl(
      Target target,
      DeployOptions options,
      Listener listener,
      Deadline deadline,
      InstantSource clock,
      Outcome<ClusterApi> api) {
    this.target = target;
    this.options = options;
    this.listener = listener;
    this.deadline = deadline;
    this.clock = clock;
    this.api = api;
  }

  @Override
  public Outcome<List<Change>> enterIfThere(boolean isStanding) {
    if (entered.get().isPresent()) {
      return NOTHING;
    }
    return isStanding && !options.withoutApi()
        ? api.then(found -> found.awaitReady(deadline.within(GRACE), listener)).then(this::enter)
        : api.then(found -> found.isThere().then(isThere -> isThere ? enter(found) : NOTHING));
  }

  @Override
  public Outcome<List<Change>> enter() {
    return api.then(found -> found.awaitReady(deadline, listener)).then(this::enter);
  }

  private Outcome<List<Change>> enter(ClusterApi found) {
    if (entered.get().isPresent()) {
      return NOTHING;
    }
    return found
        .belongsToCluster(deadline)
        .then(ours ->
            DeployLease.take(
                ours,
                options.holder(),
                options.lock(),
                deadline.within(options.lockWait()),
                listener))
        .map(taken -> {
          lease.set(Optional.of(taken));
          entered.set(
              Optional.of(
                  new Objects(
                      found,
                      taken,
                      Manifests.of(target.assembly()),
                      target.assembly().release(),
                      options.budget(),
                      deadline,
                      listener)));
          return List.of();
        });
  }

  @Override
  public Outcome<List<Change>> check() {
    return entered
        .get()
        .map(objects -> objects.judged().map(_ -> List.<Change>of()))
        .orElse(NOTHING);
  }

  @Override
  public Outcome<List<Change>> apply() {
    return inside(Objects::apply);
  }

  @Override
  public Outcome<List<Change>> prune() {
    return inside(Objects::prune);
  }

  @Override
  public Outcome<List<Change>> awaitMasters() {
    return inside(
        objects -> objects.await(Health.Scope.BEFORE_WORKERS, () -> Outcome.of(Set.of())));
  }

  @Override
  public Outcome<List<Change>> awaitHealth(Supplier<Outcome<Set<String>>> nodes) {
    return inside(objects -> objects.await(Health.Scope.ALL, nodes));
  }

  @Override
  public Diagnostics record(Run run, Instant started) {
    return entered
        .get()
        .map(objects ->
            RunRecord.write(
                    new DeployRecords(objects.api(), objects.guard()),
                    RunRecord.of(target, options.holder(), run, started, clock.instant()),
                    run,
                    Deadline.in(PARTING, clock))
                .diagnostics())
        .orElse(Diagnostics.NONE);
  }

  @Override
  public Optional<Diagnostic> objection() {
    return lease.get().flatMap(DeployLease::objection);
  }

  private Outcome<List<Change>> inside(Function<Objects, Outcome<List<Change>>> work) {
    return work.apply(
        entered.get().orElseThrow(() -> new IllegalStateException("the API was not entered")));
  }

  @Override
  public void close() {
    lease.get().ifPresent(DeployLease::close);
    api.value().ifPresent(ClusterApi::close);
  }
}
