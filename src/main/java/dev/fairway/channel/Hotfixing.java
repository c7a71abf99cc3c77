package dev.fairway.channel;

import dev.fairway.channel.Proposer.Proposal;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Channel;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Takes a mended copy of what the channel has, past its upstream. */
record Hotfixing(
    Scene scene, LossCount losses, String name, SourcedRelease sourced, boolean plan, Instant now) {

  Proposal propose() {
    var channel = scene.channel(name);
    var tip =
        scene
            .tip(channel)
            .orElseThrow(() ->
                Refusal.of(
                    Code.NOT_A_HOTFIX,
                    "%s has nothing yet that could be mended".formatted(name),
                    "promote to it: fairway promote " + name));
    new PromotionCheck(scene, losses, name, now).checkTip(tip);
    var tree = scene.trees().of(sourced.release(), plan, scene.repository().pace());
    if (tip.tree().equals(tree)) {
      return new Proposal.Nothing(Act.HOTFIX, channel, sourced.release().digest());
    }
    requireDescent(sourced.source(), tip);
    requirePushed(sourced.source());
    return Proposal.Move.of(draft(channel, tip, tree));
  }

  private Draft draft(Channel channel, PromotionCommit tip, ObjectId tree) {
    var release = sourced.release();
    var trailers =
        new Trailers(
            release.digest(),
            sourced.source(),
            scene.policy().commit(),
            name,
            tip.id(),
            Optional.empty(),
            Optional.of(tip.trailers().release()));
    return new Draft(
        Act.HOTFIX,
        channel,
        release,
        tree,
        Optional.of(tip),
        Optional.empty(),
        trailers,
        Branches.promote(name) + release.digest(),
        false);
  }

  /** Whatever else it mends, it loses nothing that the channel's source had. */
  private void requireDescent(ObjectId source, PromotionCommit tip) {
    var had = tip.trailers().source();
    if (!scene.repository().precedes(had, source)) {
      throw Refusal.of(
          Code.NOT_A_HOTFIX,
          "HEAD is %s, which does not descend from %s, the source of what %s has"
              .formatted(source.name(), had.name(), name),
          "branch off there, and mend it: git switch -c hotfix " + had.name());
    }
  }

  /** Others must be able to look at what the release was compiled from. */
  private void requirePushed(ObjectId source) {
    var isThere =
        scene.repository().remote().advertised().values().stream()
            .filter(scene.repository()::has)
            .anyMatch(tip -> scene.repository().isAncestor(source, tip));
    if (!isThere) {
      throw Refusal.of(
          Code.NOT_PUSHED,
          "HEAD is %s, which no branch of the remote has".formatted(source.name()),
          "push the branch first, so that others can see what was mended");
    }
  }
}
