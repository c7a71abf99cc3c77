package dev.fairway.deploy.kubernetes;

import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** The contents of a cluster as its API has them, or nothing where there is no API any more. */
final class ClusterContents implements Contents {
  private final Supplier<Outcome<ClusterApi>> reach;
  private final String holder;
  private final Duration lock;
  private final Duration lockWait;
  private final Listener listener;

  /** Empty until it is proven to be the cluster's, and again when it was left. */
  private final AtomicReference<Optional<ClusterApi>> api = new AtomicReference<>(Optional.empty());

  private final AtomicReference<Optional<DeployLease>> lease =
      new AtomicReference<>(Optional.empty());

  ClusterContents(
      Supplier<Outcome<ClusterApi>> reach,
      String holder,
      Duration lock,
      Duration lockWait,
      Listener listener) {
    this.reach = reach;
    this.holder = holder;
    this.lock = lock;
    this.lockWait = lockWait;
    this.listener = listener;
  }

  @Override
  public Outcome<Boolean> look(Deadline deadline) {
    var reached = reach.get();
    if (reached.value().isEmpty()) {
      return absent(reached.diagnostics().all().getFirst().message());
    }
    var found = reached.value().get();
    var outcome = found.isThere().then(isThere -> look(found, isThere, deadline));
    if (api.get().isEmpty()) {
      found.close();
    }
    return outcome;
  }

  /** One that answers and refuses us lives, and its controllers and its lock with it. */
  private Outcome<Boolean> look(ClusterApi found, boolean isThere, Deadline deadline) {
    if (!isThere) {
      return absent(found.server() + " does not say that it is ready");
    }
    var proven = found.belongsToCluster(deadline);
    api.set(proven.value());
    return proven.map(_ -> true);
  }

  private static Outcome<Boolean> absent(String why) {
    return new Outcome<>(
        Optional.of(false),
        Diagnostics.of(
            Diagnostic.general(
                Code.API_NOT_ASKED,
                "the cluster's API is not asked: " + why,
                "nothing need be done: what its controllers made is looked for by its tags; their"
                    + " finalizers in the cluster go with it")));
  }

  @Override
  public Outcome<Boolean> enter(Deadline deadline) {
    return look(deadline)
        .then(isUp ->
            api.get()
                .map(found -> lock(found, deadline).map(_ -> isUp))
                .orElseGet(() -> Outcome.of(isUp)));
  }

  private Outcome<DeployLease> lock(ClusterApi found, Deadline deadline) {
    return DeployLease.take(found, holder, lock, deadline.within(lockWait), listener)
        .map(taken -> {
          lease.set(Optional.of(taken));
          return taken;
        });
  }

  @Override
  public Outcome<Survey> survey(Deadline deadline) {
    return inside(made -> made.survey(deadline), new Survey(List.of(), new TreeMap<>()));
  }

  @Override
  public Outcome<List<ObjectRef>> clear(Deadline deadline) {
    return inside(made -> made.clear(deadline), List.of());
  }

  private <T> Outcome<T> inside(Function<ControllerMade, Outcome<T>> work, T nothing) {
    return api.get()
        .map(found -> work.apply(new ControllerMade(found, this::objection, listener)))
        .orElseGet(() -> Outcome.of(nothing));
  }

  /** A plan reads without the lock, and deletes nothing that could be objected to. */
  @Override
  public Optional<Diagnostic> objection() {
    return lease.get().flatMap(DeployLease::objection);
  }

  @Override
  public void leave() {
    lease.getAndSet(Optional.empty()).ifPresent(DeployLease::close);
    api.getAndSet(Optional.empty()).ifPresent(ClusterApi::close);
  }

  @Override
  public void close() {
    leave();
  }
}
