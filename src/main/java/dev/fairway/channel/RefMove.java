package dev.fairway.channel;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A branch of the remote and the only way in which it may move: from where we saw it.
 *
 * @param from empty when it must not exist yet
 * @param to empty when it is deleted
 * @param rewriting whether it may move to what does not descend from where it was: the head of a
 *     pull request may, a channel or the evidence never
 */
record RefMove(String branch, Optional<ObjectId> from, Optional<ObjectId> to, boolean rewriting) {
  static RefMove forward(String branch, Optional<ObjectId> from, ObjectId to) {
    return new RefMove(branch, from, Optional.of(to), false);
  }

  static RefMove head(String branch, Optional<ObjectId> from, ObjectId to) {
    return new RefMove(branch, from, Optional.of(to), true);
  }

  static RefMove deletion(String branch, ObjectId from) {
    return new RefMove(branch, Optional.of(from), Optional.empty(), true);
  }
}
