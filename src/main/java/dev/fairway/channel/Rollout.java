package dev.fairway.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a channel's clusters follow its branch: batch after batch, with the statuses of the branch's
 * commit for a memory. Whoever asks again, at whatever time, is told the same next step, so that no
 * job has to wait for a pause to end.
 */
public record Rollout(String channel, List<Batch> batches) {
  /** No job runs for so long: what still says that it is under way was lost. */
  static final Duration LOST = Duration.ofHours(24);

  public Rollout {
    batches = List.copyOf(batches);
  }

  /** What there is to do. */
  public sealed interface Step {
    /** Its clusters are to be deployed. */
    record Start(Batch batch) implements Step {}

    /** It is being deployed. */
    record UnderWay(Batch batch) implements Step {}

    /** It waits for the pause of the one before it. */
    record Paused(Batch batch, Instant until) implements Step {}

    /** It failed, and people are to see to it. */
    record Stopped(Batch batch) implements Step {}

    /** Every cluster runs the commit, but for those whose failure stops nothing. */
    record Finished() implements Step {}
  }

  /** The context of a batch's status. */
  public String context(Batch batch) {
    return "deploy/%s/%s".formatted(channel, batch.name());
  }

  /**
   * The next step.
   *
   * @param standings of the commit at the branch's tip, by context
   */
  public Step next(Map<String, Standing> standings, Instant now) {
    var due = Instant.MIN;
    for (var batch : batches) {
      var standing = standings.get(context(batch));
      if (standing == null || isLost(standing, now)) {
        return now.isBefore(due) ? new Step.Paused(batch, due) : new Step.Start(batch);
      }
      switch (standing.state()) {
        case PENDING -> {
          return new Step.UnderWay(batch);
        }
        case FAILURE, ERROR -> {
          if (batch.stopOnFailure()) {
            return new Step.Stopped(batch);
          }
        }
        case SUCCESS -> {}
      }
      due = standing.since().plus(batch.pause());
    }
    return new Step.Finished();
  }

  static boolean isLost(Standing standing, Instant now) {
    return standing.state() == CommitStatus.State.PENDING
        && standing.since().plus(LOST).isBefore(now);
  }
}
