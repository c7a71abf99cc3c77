package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Somebody who wants the lease, and what was seen of it so far. For one thread. */
final class LeaseAttempt {

  /**
   * @param since before the server was told: it can't expire earlier for anybody
   */
  record Taken(ObjectNode lease, Instant since) {}

  private final ClusterApi api;
  private final String holder;
  private final Duration duration;
  private Optional<ObjectNode> seen = Optional.empty();
  private Instant seenAt;
  private Optional<Instant> written = Optional.empty();

  LeaseAttempt(ClusterApi api, String holder, Duration duration) {
    this.api = api;
    this.holder = holder;
    this.duration = duration;
    this.seenAt = api.now();
  }

  /** Empty: it is another's still. */
  Optional<Outcome<Taken>> once(Deadline deadline, Consumer<String> told) {
    return switch (api.send(LeaseObject.get(), deadline)) {
      case Answer.Done(int _, ObjectNode lease) -> found(lease, told);
      case Answer.Refused refused when refused.isMissing() ->
          written(LeaseObject.fresh(), LeaseObject::post);
      case Answer answer -> Optional.of(failed(answer));
    };
  }

  private Optional<Outcome<Taken>> found(ObjectNode lease, Consumer<String> told) {
    var other = LeaseObject.holder(lease);
    // The answer to our own write got lost.
    if (written.isPresent() && other.equals(Optional.of(holder))) {
      return Optional.of(Outcome.of(new Taken(lease, written.get())));
    }
    if (other.isEmpty() || isExpired(lease)) {
      return written(lease, LeaseObject::put);
    }
    told.accept("held by " + other.get() + " since " + LeaseObject.since(lease));
    return Optional.empty();
  }

  /** Only what was watched for its whole duration without a renewal has expired. */
  private boolean isExpired(ObjectNode lease) {
    var isSame =
        seen.filter(before -> LeaseObject.version(before).equals(LeaseObject.version(lease)))
            .isPresent();
    if (!isSame) {
      seen = Optional.of(lease);
      seenAt = api.now();
    }
    return isSame && !api.now().isBefore(seenAt.plus(LeaseObject.duration(lease)));
  }

  private Optional<Outcome<Taken>> written(
      ObjectNode lease, Function<ObjectNode, Request> request) {
    var now = api.now();
    var wanted = LeaseObject.taken(lease, holder, duration, now);
    written = Optional.of(now);
    return switch (api.sendOnce(request.apply(wanted), duration.dividedBy(2))) {
      case Answer.Done(int _, ObjectNode body) -> Optional.of(Outcome.of(new Taken(body, now)));
      // Another was faster, or nobody knows: the next look tells.
      case Answer.Refused refused when refused.isOutdated() || refused.passes() -> Optional.empty();
      case Answer.Unreachable(var _, var passes) when passes -> Optional.empty();
      case Answer answer -> Optional.of(failed(answer));
    };
  }

  private Outcome<Taken> failed(Answer answer) {
    return Outcomes.error(Refusals.of(api, "take " + LeaseObject.REF, answer));
  }

  Diagnostic refusal() {
    var who =
        seen.map(lease ->
                LeaseObject.holder(lease).orElse("somebody") + " since " + LeaseObject.since(lease))
            .orElse("somebody who was faster");
    return Diagnostic.general(
        Code.LEASE_HELD,
        "cluster %s is being deployed by %s".formatted(api.cluster().alias(), who),
        "wait until that deploy has ended; if it was killed, its lease expires %d s after its last sign of life"
            .formatted(seen.map(LeaseObject::duration).orElse(duration).toSeconds()));
  }
}
