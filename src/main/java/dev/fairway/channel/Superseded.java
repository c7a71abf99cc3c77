package dev.fairway.channel;

import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** Heads of pull requests that nothing would come of once a channel has moved. */
final class Superseded {
  private Superseded() {}

  /** Their deletions, to be pushed with the move. */
  static List<RefMove> by(Draft draft, Scene scene) {
    var own = Branches.promote(draft.channel().name());
    var isFirst = draft.channel().upstream().isEmpty();
    return scene.branches().tips().entrySet().stream()
        .filter(branch ->
            branch.getKey().equals(draft.head())
                // Each is a commit on what the channel had.
                || branch.getKey().startsWith(own)
                || (isFirst
                    && branch.getKey().startsWith(Branches.PUBLISH)
                    && isOld(branch.getValue(), draft, scene)))
        .map(branch -> RefMove.deletion(branch.getKey(), branch.getValue()))
        .toList();
  }

  /** What can't be read is somebody else's, and stays for people to look at. */
  private static boolean isOld(ObjectId head, Draft draft, Scene scene) {
    var repository = scene.repository();
    return PromotionCommit.read(repository.commit(head))
        .value()
        .map(commit -> commit.trailers().source())
        .filter(source -> repository.precedes(source, draft.trailers().source()))
        .isPresent();
  }
}
