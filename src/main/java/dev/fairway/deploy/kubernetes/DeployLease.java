package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to change a cluster: Lease {@code kube-system/fairway-deploy}, renewed by a thread of
 * its own until it is closed. Whoever can't renew it stops to write before anybody else may take
 * it.
 */
public final class DeployLease implements Guard, AutoCloseable {
  /** The share of a duration after which it is renewed. */
  private static final int RENEWALS = 6;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration PARTING = Duration.ofSeconds(5);
  private static final String STEP = "lease";

  private final ClusterApi api;
  private final String holder;
  private final Duration duration;
  private final Thread renewing;
  private ObjectNode lease;
  private volatile Instant renewed;
  private volatile Optional<String> lostTo = Optional.empty();
  private volatile boolean isClosed;

  private DeployLease(
      ClusterApi api, String holder, Duration duration, ObjectNode lease, Instant renewed) {
    this.api = api;
    this.holder = holder;
    this.duration = duration;
    this.lease = lease;
    this.renewed = renewed;
    this.renewing = Thread.ofVirtual().name("lease").unstarted(this::renewAgainAndAgain);
  }

  /**
   * Takes it as soon as it is free, or its holder was not seen to renew it for as long as the
   * holder itself said. No clock but the own one is trusted, so the lease of a killed process takes
   * its whole duration to expire.
   *
   * @param holder unique to this process, and telling to people
   * @param wait until when to wait for another's; over at once: refused at the first look
   */
  public static Outcome<DeployLease> take(
      ClusterApi api, String holder, Duration duration, Deadline wait, Listener listener) {
    var attempt = new LeaseAttempt(api, holder, duration);
    return wait.poll(pause(duration), () -> attempt.once(wait, told -> tell(listener, told)))
        .orElseGet(() -> Outcomes.error(attempt.refusal()))
        .map(taken -> started(api, holder, duration, taken));
  }

  private static void tell(Listener listener, String state) {
    listener.told(new Event.Item(STEP, LeaseObject.REF.toString(), state));
  }

  private static Duration pause(Duration duration) {
    var share = duration.dividedBy(4L * RENEWALS);
    return share.compareTo(LONGEST_PAUSE) < 0 ? share : LONGEST_PAUSE;
  }

  private static DeployLease started(
      ClusterApi api, String holder, Duration duration, LeaseAttempt.Taken taken) {
    var lease = new DeployLease(api, holder, duration, taken.lease(), taken.since());
    lease.renewing.start();
    return lease;
  }

  /** Whether nobody else can have it yet. */
  public boolean isHeld() {
    return objection().isEmpty();
  }

  public ClusterApi api() {
    return api;
  }

  /** Over one renewal before it expires, so that what is on its way arrives in time. */
  @Override
  public Optional<Diagnostic> objection() {
    if (isClosed) {
      return Optional.of(lost("it was given back"));
    }
    if (lostTo.isPresent()) {
      return lostTo.map(DeployLease::lost);
    }
    var safe = renewed.plus(duration).minus(duration.dividedBy(RENEWALS));
    return api.now().isBefore(safe)
        ? Optional.empty()
        : Optional.of(lost("it could not be renewed since " + renewed));
  }

  private static Diagnostic lost(String why) {
    return Diagnostic.general(
        Code.LEASE_LOST,
        LeaseObject.REF + " is no longer held: " + why + "; nothing more is written",
        "run the deploy again: it waits until nobody else deploys, and goes on where this stopped");
  }

  private void renewAgainAndAgain() {
    while (!isClosed && lostTo.isEmpty()) {
      try {
        Thread.sleep(duration.dividedBy(RENEWALS));
      } catch (InterruptedException _) {
        return;
      }
      renew();
    }
  }

  private synchronized void renew() {
    if (isClosed) {
      return;
    }
    var now = api.now();
    var limit = duration.dividedBy(RENEWALS);
    switch (api.sendOnce(LeaseObject.put(LeaseObject.renewed(lease, now)), limit)) {
      case Answer.Done(int _, ObjectNode body) -> keep(body, now);
      case Answer.Refused refused when refused.isOutdated() -> look(now);
      case Answer.Refused refused when refused.isMissing() ->
          lostTo = Optional.of("somebody deleted it");
      // What fails now may succeed before the lease expires; when it does not, the guard says so.
      case Answer _ -> {}
    }
  }

  private void keep(ObjectNode body, Instant when) {
    lease = body;
    renewed = when;
  }

  /** Somebody wrote: ourselves, when the answer got lost, or another who took it. */
  private void look(Instant asked) {
    if (api.sendOnce(LeaseObject.get(), duration.dividedBy(RENEWALS))
        instanceof Answer.Done(int _, ObjectNode body)) {
      if (LeaseObject.holder(body).equals(Optional.of(holder))) {
        keep(body, asked);
      } else {
        lostTo = Optional.of(LeaseObject.holder(body).orElse("somebody") + " took it");
      }
    }
  }

  /** Gives it back, so that the next need not wait. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    var wasHeld = isHeld();
    isClosed = true;
    renewing.interrupt();
    if (wasHeld) {
      api.sendOnce(LeaseObject.put(LeaseObject.released(lease)), PARTING);
    }
  }
}
