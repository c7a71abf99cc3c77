package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.release.Release;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Proposes what main compiled to. */
record Publishing(
    Scene scene, LossCount losses, SourcedRelease sourced, boolean plan, Instant now) {

  Proposer.Proposal propose() {
    var source = sourced.source();
    var main = scene.branches().tip(Branches.MAIN).orElseThrow();
    if (!scene.repository().isAncestor(source, main)) {
      throw Refusal.of(
          Code.NOT_PUSHED,
          "HEAD is %s, which is not on the remote's main".formatted(source.name()),
          "release what main has: git switch main && git pull");
    }
    return propose(source, sourced.release());
  }

  private Proposer.Proposal propose(ObjectId source, Release release) {
    var channel = scene.policy().policies().first();
    var tip = scene.tip(channel);
    // On a branch that somebody set back, what is proposed could never enter.
    var check = new PromotionCheck(scene, losses, channel.name(), now);
    tip.ifPresentOrElse(check::checkTip, check::checkNothing);
    var tree = scene.trees().of(release, plan, scene.repository().pace());
    if (tip.filter(has -> has.tree().equals(tree)).isPresent()) {
      return new Proposer.Proposal.Nothing(Act.PUBLISH, channel, release.digest());
    }
    var trailers =
        new Trailers(
            release.digest(),
            source,
            scene.policy().commit(),
            Branches.MAIN,
            source,
            Optional.empty(),
            Optional.empty());
    return Proposer.Proposal.Move.of(
        new Draft(
            Act.PUBLISH,
            channel,
            release,
            tree,
            tip,
            Optional.empty(),
            trailers,
            Branches.PUBLISH + release.digest(),
            true));
  }
}
