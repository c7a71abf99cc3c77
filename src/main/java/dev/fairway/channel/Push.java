package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** Moves branches of a remote, each from where it was seen, all of them or none. */
record Push(Remote remote, List<RefMove> moves) {
  /** Of the same while others have a branch locked: more than a second in all. */
  private static final int TRIES = 6;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /**
   * A connection that broke may have brought the push about, and a server may say no more than that
   * it failed where another was first, or is just now. Whoever looks again finds out: where all
   * stands as it stood, nobody was first.
   */
  PushOutcome run() {
    var failure = attempt();
    for (var tries = 1; failure.isPresent(); tries++) {
      var refusal = failure.get().refusal();
      if (isOvertaken(refusal)) {
        return new PushOutcome.Lost();
      }
      if (!failure.get().isPassing() || tries == TRIES) {
        throw refusal;
      }
      pause(FIRST_PAUSE.multipliedBy(1L << (tries - 1)));
      // While such a file is there it is vain, and JGit's server takes seconds to say so.
      if (locks().isEmpty()) {
        failure = attempt();
      }
    }
    return new PushOutcome.Pushed();
  }

  private boolean isOvertaken(GitFailure refusal) {
    var tips = advertised(refusal);
    requireRoom(tips.keySet());
    return moves.stream().anyMatch(move -> !move.from().equals(tip(tips, move.branch())));
  }

  private List<Path> locks() {
    return RefLocks.left(remote.git(), remote.config().getURIs().getFirst(), moves);
  }

  private static Optional<ObjectId> tip(SortedMap<String, ObjectId> tips, String branch) {
    return Optional.ofNullable(tips.get(branch));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Branches are files to Git, which has none beside a folder of the same name. */
  private void requireRoom(Set<String> branches) {
    for (var move : moves) {
      var wanted = move.branch();
      for (var other : branches) {
        if (other.startsWith(wanted + "/") || wanted.startsWith(other + "/")) {
          throw Refusal.of(
              Code.PUSH_REJECTED,
              "the remote has a branch %s, beside which Git can't have %s".formatted(other, wanted),
              "give it another name, or delete it: git push %s --delete %s; nothing was changed"
                  .formatted(name(), other));
        }
      }
    }
  }

  private Optional<PushFailure> attempt() {
    try (var transport = remote.open()) {
      transport.setPushAtomic(true);
      var updates = new ArrayList<RemoteRefUpdate>();
      for (var move : moves) {
        updates.add(update(move));
      }
      var result = transport.push(NullProgressMonitor.INSTANCE, updates);
      return PushAnswer.judge(
          result.getRemoteUpdates(), result.getMessages(), () -> RefLocks.remedy(locks()));
    } catch (IOException e) {
      return Optional.of(
          new PushFailure(
              isPartial(e) ? partial() : remote.unreachable(e), PushAnswer.isSamePack(e)));
    }
  }

  private static boolean isPartial(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElse("").contains("Atomic push not supported");
  }

  private GitFailure partial() {
    return Refusal.of(
        Code.PARTIAL_PUSHES,
        "the remote %s does not move several branches all or none".formatted(name()),
        "let whoever runs it allow that: git config receive.advertiseAtomic true; nothing was"
            + " changed");
  }

  private SortedMap<String, ObjectId> advertised(GitFailure failure) {
    try {
      return remote.advertised();
    } catch (GitFailure _) {
      throw failure;
    }
  }

  private RemoteRefUpdate update(RefMove move) throws IOException {
    return new RemoteRefUpdate(
        remote.git(),
        move.branch(),
        move.to().orElse(ObjectId.zeroId()),
        Constants.R_HEADS + move.branch(),
        move.rewriting(),
        remote.tracking(move.branch()),
        move.from().orElse(ObjectId.zeroId()));
  }

  private String name() {
    return remote.config().getName();
  }
}
