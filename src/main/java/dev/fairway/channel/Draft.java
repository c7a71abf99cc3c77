package dev.fairway.channel;

import dev.fairway.model.Channel;
import dev.fairway.release.Release;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A move that is wanted and not made yet.
 *
 * @param tree of the release; written already but for a plan, which writes nothing
 * @param tip what the channel has
 * @param from the commit that the release is taken from, where that is one of a channel
 * @param head the branch that a pull request has the commit on
 * @param publishing whether it is only to be proposed
 */
record Draft(
    Act act,
    Channel channel,
    Release release,
    ObjectId tree,
    Optional<PromotionCommit> tip,
    Optional<PromotionCommit> from,
    Trailers trailers,
    String head,
    boolean publishing) {

  Optional<ObjectId> parent() {
    return tip.map(PromotionCommit::id);
  }

  /** What came of it. */
  ActReport report(
      ActReport.State state,
      boolean plan,
      List<GateResult> results,
      Optional<PromotionCommit> commit,
      Optional<String> shownOn) {
    return new ActReport(
        act,
        channel,
        state,
        plan,
        trailers.release(),
        tip.map(has -> has.trailers().release()),
        results,
        commit.map(made -> made.id().name()),
        shownOn,
        Optional.empty());
  }

  String subject() {
    return switch (act) {
      case PUBLISH -> "Publish main to " + channel.name();
      case PROMOTE -> "Promote %s to %s".formatted(trailers.from(), channel.name());
      case ROLLBACK -> "Roll back " + channel.name();
      case HOTFIX -> "Hotfix " + channel.name();
    };
  }

  /**
   * Whether a commit that stands on the pull request's branch is this very move. Two commits of
   * main that compile to the same are one release, and one proposal of it is enough.
   */
  boolean isMadeBy(PromotionCommit commit) {
    return commit.parent().equals(parent())
        && commit.tree().equals(tree)
        && commit.act() == act
        && commit.trailers().release().equals(trailers.release())
        && (act == Act.PUBLISH
            || (commit.trailers().source().equals(trailers.source())
                && commit.trailers().fromCommit().equals(trailers.fromCommit())));
  }
}
