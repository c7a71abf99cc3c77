package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.Evidence.Rejected;
import dev.fairway.channel.PolicyFiles.PolicyAt;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.EvidenceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Gathers what the judgement of a release depends on: now, or as it was when a channel moved. */
final class Questions {
  private final Scene scene;
  private final PolicyAt policy;
  private final Channel channel;

  /**
   * @param scene whose evidence is heard
   * @param policy that is in force for the commit
   * @param channel as that policy has it
   */
  Questions(Scene scene, PolicyAt policy, Channel channel) {
    this.scene = scene;
    this.policy = policy;
    this.channel = channel;
  }

  /**
   * A move that is judged.
   *
   * @param from the commit that the release comes from, where that is one of a channel
   * @param parent the commit that the channel moves away from
   */
  record Move(Act act, Digest release, Optional<PromotionCommit> from, Optional<ObjectId> parent) {
    static Move of(Draft draft) {
      return new Move(draft.act(), draft.trailers().release(), draft.from(), draft.parent());
    }

    static Move of(PromotionCommit commit, Optional<PromotionCommit> from) {
      return new Move(commit.act(), commit.trailers().release(), from, commit.parent());
    }
  }

  /**
   * What is to be judged.
   *
   * @param more statements that are made together with the move, such as an override
   */
  Question of(Move move, List<Counted> more, Losses losses, Linking linking, Instant at) {
    var evidence = scene.evidence(move.release(), policy.policies().trust(), at);
    var counted = new ArrayList<>(more);
    of(evidence, Counted.class).stream().filter(Questions::isHeard).forEach(counted::add);
    return new Question(
        move.act(),
        channel,
        move.release(),
        counted,
        of(evidence, Rejected.class),
        scene.having(move.release()),
        move.parent().map(ObjectId::name),
        since(move, at),
        at,
        Freezing.at(channel.freezes(), at),
        losses,
        linking);
  }

  /** That a channel moved says nothing of whether another may. */
  private static boolean isHeard(Counted counted) {
    return !counted.statement().kind().equals(EvidenceKind.PROMOTION);
  }

  private static <T> List<T> of(List<Evidence> evidence, Class<T> kind) {
    return evidence.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Since when the upstream has the commit: since its own statement, by its own policy. */
  private Optional<Instant> since(Move move, Instant at) {
    return move.act() == Act.PROMOTE
        ? move.from()
            .flatMap(commit -> scene.stated(channel.upstream().orElse(""), commit, at))
            .map(statement -> statement.statement().time())
        : Optional.empty();
  }
}
