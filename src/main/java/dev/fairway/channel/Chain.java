package dev.fairway.channel;

import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/** The commits of a channel, from one back to the first. */
final class Chain {
  private Chain() {}

  /** Fails at a commit that is no promotion. */
  static Stream<PromotionCommit> of(Scene scene, PromotionCommit tip) {
    return Stream.iterate(
            Optional.of(tip),
            Optional::isPresent,
            commit -> commit.flatMap(PromotionCommit::parent).map(id -> read(scene, id)))
        .flatMap(Optional::stream);
  }

  private static PromotionCommit read(Scene scene, ObjectId id) {
    return GitFailure.unwrap(PromotionCommit.read(scene.repository().commit(id)));
  }
}
