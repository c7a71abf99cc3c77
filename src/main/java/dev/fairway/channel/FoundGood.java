package dev.fairway.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * Up to where this clone found the branch {@code evidence} good for moves of a channel, so that it
 * need not look at the same commits again. It is a reference of its own: those to the remote's
 * branches are moved by whatever fetches, which looks at nothing.
 */
record FoundGood(ChannelRepository repository, String channel) {
  Optional<ObjectId> commit() {
    try {
      return Optional.ofNullable(repository.git().exactRef(name())).map(Ref::getObjectId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where another process does the same just now, it is left to that one; what can't be written is
   * looked at again.
   */
  void remember(ObjectId commit) {
    try {
      var update = repository.git().updateRef(name());
      update.setNewObjectId(commit);
      update.setForceUpdate(true);
      update.disableRefLog();
      update.update();
    } catch (IOException _) {
      // Remembering only saves time, and a clone that nobody may write to can be looked at.
    }
  }

  private String name() {
    return "refs/fairway/evidence/%s/%s".formatted(repository.remoteName(), channel);
  }
}
