package dev.fairway.channel;

import dev.fairway.channel.ActReport.Left;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import java.util.List;
import java.util.Optional;

/** Says what is to become of a channel, by what the branches are now. */
@FunctionalInterface
interface Proposer {
  Proposal propose(Scene scene);

  /** What it says. */
  sealed interface Proposal {
    /**
     * Moves of which to make one: the first whose gates are all met. When none's are, the first is
     * what waits.
     */
    record Move(List<Draft> drafts) implements Proposal {
      public Move {
        drafts = List.copyOf(drafts);
      }

      static Move of(Draft draft) {
        return new Move(List.of(draft));
      }
    }

    /**
     * The channel stays as it is.
     *
     * @param release that it has
     */
    record Nothing(Act act, Channel channel, Digest release, Optional<Left> left)
        implements Proposal {
      Nothing(Act act, Channel channel, Digest release) {
        this(act, channel, release, Optional.empty());
      }

      ActReport report(boolean plan) {
        return new ActReport(
            act,
            channel,
            ActReport.State.NOTHING_TO_DO,
            plan,
            release,
            Optional.of(release),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            left);
      }
    }
  }
}
