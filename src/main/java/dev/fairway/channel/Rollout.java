package dev.fairway.channel;

import dev.fairway.model.Channel;
import dev.fairway.model.Cluster;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How a channel's clusters follow its branch: batch after batch, with the statuses of the branch's
 * commit for a memory. Whoever asks again, at whatever time, is told the same next step, so that no
 * job has to wait for a pause to end.
 *
 * @param branch the channel's
 */
public record Rollout(String channel, String branch, List<Batch> batches) {
  public Rollout {
    batches = List.copyOf(batches);
  }

  /** The clusters of a channel, by its waves. */
  public static Rollout of(Channel channel, Collection<Cluster> fleet) {
    return new Rollout(channel.name(), channel.branch(), Batch.of(channel, fleet));
  }

  /** What there is to do. */
  public sealed interface Step {
    /** The channel has no release yet. */
    record Empty() implements Step {}

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
   * @param standings of the commit at the branch's tip, by context; a batch that has none is still
   *     to come
   */
  public Step next(Map<String, Standing> standings, Instant now) {
    var due = Instant.MIN;
    for (var batch : batches) {
      var standing = standings.get(context(batch));
      if (standing == null) {
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
}
