package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/** What a server's answer to a push means: done, lost to somebody else, or refused. */
final class PushAnswer {
  private PushAnswer() {}

  /** Throws when it was refused for a reason that trying again does not mend. */
  static PushOutcome judge(Collection<RemoteRefUpdate> updates, String messages) {
    var lost = new ArrayList<String>();
    for (var update : updates) {
      switch (update.getStatus()) {
        case OK, NON_EXISTING -> {}
        // With the same key in the same second, another's commit is ours to the bit: theirs won.
        case UP_TO_DATE, REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD ->
            lost.add(branch(update));
        case REJECTED_OTHER_REASON -> {
          if (isRace(update, messages)) {
            lost.add(branch(update));
          }
        }
        case NOT_ATTEMPTED, AWAITING_REPORT, REJECTED_NODELETE -> {}
      }
    }
    if (!lost.isEmpty()) {
      return new PushOutcome.Lost(lost);
    }
    refuse(updates, messages);
    return new PushOutcome.Pushed();
  }

  /**
   * The words by which servers say that a reference moved between their telling and our push, or
   * that somebody is moving it this very moment: JGit's and git's own. Of a push that moves all or
   * nothing git gives each reference the same answer, and says beside it which was locked.
   */
  private static boolean isRace(RemoteRefUpdate update, String messages) {
    var message = Optional.ofNullable(update.getMessage()).orElse("").toLowerCase(Locale.ROOT);
    return message.contains("lock")
        || (message.contains("atomic transaction failed") && messages.contains("cannot lock ref"))
        || message.contains("failed to update ref")
        || message.contains("reference already exists")
        || message.contains("invalid old id")
        || message.contains("incorrect old value")
        || message.contains("fetch first")
        || message.contains("stale info");
  }

  /**
   * Whether JGit's server was putting away the same objects for somebody else this very moment: who
   * signs with the same key in the same second sends the same pack, and one waits for the other.
   */
  static boolean isSamePack(IOException failure) {
    return Optional.ofNullable(failure.getMessage()).orElse("").contains("Cannot lock pack");
  }

  private static String branch(RemoteRefUpdate update) {
    return update.getRemoteName().substring(Constants.R_HEADS.length());
  }

  private static void refuse(Collection<RemoteRefUpdate> updates, String messages) {
    var refused =
        updates.stream()
            .filter(update -> !isDone(update.getStatus()))
            .filter(
                update -> !isAborted(update) || updates.stream().allMatch(PushAnswer::isAborted))
            .map(update ->
                branch(update)
                    + Optional.ofNullable(update.getMessage()).map(why -> ": " + why).orElse(""))
            .sorted()
            .toList();
    if (!refused.isEmpty()) {
      var said = messages.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      throw Refusal.of(
          Code.PUSH_REJECTED,
          "the remote takes no push of %s%s"
              .formatted(
                  String.join("; ", refused),
                  said.isEmpty() ? "" : "; it says: " + String.join(" ", said)),
          "let whoever runs this push to these branches; nothing was changed");
    }
  }

  private static boolean isDone(Status status) {
    return status == Status.OK || status == Status.UP_TO_DATE || status == Status.NON_EXISTING;
  }

  /** It went down with another that was refused. */
  private static boolean isAborted(RemoteRefUpdate update) {
    return update.getStatus() == Status.REJECTED_OTHER_REASON
        && Optional.ofNullable(update.getMessage()).orElse("").contains("abort");
  }
}
