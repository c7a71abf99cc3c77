package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Verifies a channel from its first commit to its tip, by nothing but what a clone holds, and the
 * branch of evidence with it.
 */
final class Verification {
  private final Scene scene;
  private final LossCount losses;
  private final String channel;
  private final Instant now;
  private final Diagnostics.Collector doubts = new Diagnostics.Collector();

  /** Commits of upstreams that were looked at already. */
  private final Set<ObjectId> origins = new HashSet<>();

  Verification(Scene scene, LossCount losses, String channel, Instant now) {
    this.scene = scene;
    this.losses = losses;
    this.channel = channel;
    this.now = now;
  }

  /** Throws at the first break; what another Fairway may have counted otherwise is a warning. */
  Outcome<Verified> run() {
    scene.requirePast(now);
    requireEvidence();
    var commits = commits();
    var check = new PromotionCheck(scene, losses, channel, now);
    var before = Optional.<PromotionCheck.Sound>empty();
    for (var id : commits) {
      var commit = GitFailure.unwrap(PromotionCommit.read(scene.repository().commit(id)));
      requireOrigins(commit);
      var sound = sound(check, commit);
      before.ifPresent(earlier -> requireForwards(earlier, sound));
      before = Optional.of(sound);
    }
    check.requireNewest(before.orElseThrow());
    var tip = before.orElseThrow().commit();
    var verified =
        new Verified(
            channel,
            commits.size(),
            tip.id().name(),
            tip.trailers().release(),
            Instant.ofEpochSecond(scene.repository().commit(commits.getFirst()).getCommitTime()));
    return Outcome.unlessErrors(doubts.diagnostics(), () -> verified);
  }

  /** What came from an upstream was entitled to be there as well, back to main. */
  private void requireOrigins(PromotionCommit commit) {
    var trailers = commit.trailers();
    if (commit.act() == Act.PROMOTE
        && scene.repository().has(trailers.fromCommit())
        && origins.add(trailers.fromCommit())) {
      var origin =
          GitFailure.unwrap(PromotionCommit.read(scene.repository().commit(trailers.fromCommit())));
      requireOrigins(origin);
      sound(new PromotionCheck(scene, losses, trailers.from(), now), origin);
    }
  }

  private PromotionCheck.Sound sound(PromotionCheck check, PromotionCommit commit) {
    var sound = check.check(commit);
    check.doubts(sound).forEach(doubts::add);
    return sound;
  }

  private void requireEvidence() {
    var found = EvidenceAudit.of(scene);
    if (found.hasErrors()) {
      throw new GitFailure(found);
    }
  }

  /** From the first one, by the first parents; more than one is said when the commit is read. */
  private List<ObjectId> commits() {
    var next =
        scene
            .branches()
            .tip(scene.channel(channel).branch())
            .orElseThrow(() ->
                Refusal.of(
                    Code.NO_BRANCH,
                    channel + " has no branch that this clone knows",
                    "fetch it: %s; or promote to it first"
                        .formatted(scene.repository().fetchAll())));
    var commits = new ArrayList<ObjectId>();
    for (var id = Optional.of(next); id.isPresent(); id = parent(id.get())) {
      commits.add(id.get());
    }
    return commits.reversed();
  }

  private Optional<ObjectId> parent(ObjectId id) {
    var commit = scene.repository().commit(id);
    return commit.getParentCount() == 0
        ? Optional.empty()
        : Optional.of(commit.getParent(0).getId());
  }

  /** As far as the clocks of two machines that move the channel one after the other tell. */
  private void requireForwards(PromotionCheck.Sound earlier, PromotionCheck.Sound later) {
    var before = earlier.statement().statement().time().minus(EvidenceJudge.CLOCKS_APART);
    if (later.statement().statement().time().isBefore(before)) {
      throw Refusal.unsound(
          channel,
          later.commit(),
          "it entered at %s, before the one that it follows"
              .formatted(later.statement().statement().time()));
    }
  }
}
