package dev.fairway.channel;

import dev.fairway.channel.Proposer.Proposal;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Channel;
import java.time.Instant;
import java.util.Optional;

/** Takes what the channel had before. */
record RollingBack(Scene scene, LossCount losses, String name, String to, Instant now) {

  Proposal propose() {
    var channel = scene.channel(name);
    var tip =
        scene
            .tip(channel)
            .orElseThrow(() ->
                Refusal.of(
                    Code.NOT_HAD_BEFORE,
                    "%s has nothing yet, so it had nothing before".formatted(name),
                    "promote to it: fairway promote " + name));
    if (Promotions.isCalled(tip.trailers().release(), to)) {
      return new Proposal.Nothing(Act.ROLLBACK, channel, tip.trailers().release());
    }
    var check = new PromotionCheck(scene, losses, name, now);
    // That main does not stand by it is a reason to go away from it.
    check.checkNewest(tip);
    var from = before(tip).orElseThrow(this::neverHad);
    check.check(from);
    return Proposal.Move.of(draft(channel, tip, from));
  }

  private Draft draft(Channel channel, PromotionCommit tip, PromotionCommit from) {
    var release = GitFailure.unwrap(scene.release(from));
    var trailers =
        new Trailers(
            release.digest(),
            from.trailers().source(),
            scene.policy().commit(),
            name,
            from.id(),
            Optional.of(tip.trailers().release()),
            Optional.empty());
    return new Draft(
        Act.ROLLBACK,
        channel,
        release,
        from.tree(),
        Optional.of(tip),
        Optional.of(from),
        trailers,
        Branches.promote(name) + release.digest(),
        false);
  }

  private GitFailure neverHad() {
    return Refusal.of(
        Code.NOT_HAD_BEFORE,
        "%s never had a release %s".formatted(name, to),
        "name one that it had, by at least %d digits: fairway history %s"
            .formatted(Promotions.SHORTEST, name));
  }

  /** The last time that the channel had it. */
  private Optional<PromotionCommit> before(PromotionCommit tip) {
    var called =
        Chain.of(scene, tip)
            .filter(commit -> Promotions.isCalled(commit.trailers().release(), to))
            .toList();
    var releases = called.stream().map(commit -> commit.trailers().release()).distinct().toList();
    if (releases.size() > 1) {
      throw Refusal.of(
          Code.NOT_HAD_BEFORE,
          "%s may be any of %s".formatted(to, releases),
          "name the release by more digits");
    }
    return called.stream().findFirst();
  }
}
