package dev.fairway.channel;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands on the branch of a release that is proposed to the first channel. Its test takes
 * hours and looks for the commit that it was started with. So the branch stays there when only the
 * channel or a policy moves on: what enters the channel is made when it does.
 */
record Published(Scene scene, Instant now) {

  /** Of the release that is to enter. */
  Optional<PromotionCommit> of(Draft draft) {
    return scene
        .branches()
        .tip(draft.head())
        .filter(_ -> draft.act() == Act.PUBLISH)
        .flatMap(tip -> PromotionCommit.read(scene.repository().commit(tip)).value())
        .filter(commit -> commit.act() == Act.PUBLISH)
        .filter(commit -> commit.tree().equals(draft.tree()))
        .filter(commit -> commit.trailers().release().equals(draft.trailers().release()));
  }

  /** Of the release that is to be proposed, if promoting would look at it. */
  Optional<PromotionCommit> candidate(Draft draft) {
    return of(draft)
        .filter(commit -> Keys.mayMove(commit, scene.policy(), draft.channel().name(), now))
        .filter(commit -> isOfMain(commit.trailers()))
        .filter(commit -> draft.tip().filter(has -> isPassed(commit, has)).isEmpty());
  }

  private boolean isOfMain(Trailers trailers) {
    return trailers.fromCommit().equals(trailers.source()) && scene.isOfMain(trailers.source());
  }

  /** By its source, which main had before that of what the channel has. */
  private boolean isPassed(PromotionCommit commit, PromotionCommit has) {
    return scene.repository().precedes(commit.trailers().source(), has.trailers().source());
  }
}
