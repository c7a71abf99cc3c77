package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/** What a server's answer to a push means: done, or what kept it from being done. */
final class PushAnswer {
  private static final String REFUSED =
      "let whoever runs this push to these branches; nothing was changed";

  private PushAnswer() {}

  /**
   * Empty when all is done.
   *
   * @param busy what to do where somebody else keeps a branch locked
   */
  static Optional<PushFailure> judge(
      Collection<RemoteRefUpdate> updates, String messages, Supplier<String> busy) {
    var isPassing = updates.stream().anyMatch(update -> isPassing(update, messages));
    var refused = refused(updates);
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PushFailure(
                refusal(refused, messages, isPassing ? busy.get() : REFUSED), isPassing));
  }

  private static boolean isPassing(RemoteRefUpdate update, String messages) {
    return switch (update.getStatus()) {
      // With the same key in the same second, another's commit is ours to the bit: theirs won.
      case UP_TO_DATE, REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> true;
      case REJECTED_OTHER_REASON -> isRace(update, messages);
      case OK, NON_EXISTING, NOT_ATTEMPTED, AWAITING_REPORT, REJECTED_NODELETE -> false;
    };
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

  private static List<String> refused(Collection<RemoteRefUpdate> updates) {
    return updates.stream()
        .filter(update -> !isDone(update.getStatus()))
        .filter(update -> !isAborted(update) || updates.stream().allMatch(PushAnswer::isAborted))
        .map(update ->
            branch(update)
                + Optional.ofNullable(update.getMessage()).map(why -> ": " + why).orElse(""))
        .sorted()
        .toList();
  }

  private static GitFailure refusal(List<String> refused, String messages, String remedy) {
    var said = messages.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return Refusal.of(
        Code.PUSH_REJECTED,
        "the remote takes no push of %s%s"
            .formatted(
                String.join("; ", refused),
                said.isEmpty() ? "" : "; it says: " + String.join(" ", said)),
        remedy);
  }

  private static boolean isDone(Status status) {
    return status == Status.OK || status == Status.NON_EXISTING;
  }

  /** It went down with another that was refused: in the words of JGit, and of git. */
  private static boolean isAborted(RemoteRefUpdate update) {
    var message = Optional.ofNullable(update.getMessage()).orElse("");
    return update.getStatus() == Status.REJECTED_OTHER_REASON
        && (message.contains("abort") || message.contains("atomic push failure"));
  }
}
