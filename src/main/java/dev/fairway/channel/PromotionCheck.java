package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.PolicyFiles.PolicyAt;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Whether a commit of a channel is what it says, and was entitled to be there: judged by the policy
 * and the keys of its own policy commit, with nothing but what a clone holds.
 */
final class PromotionCheck {
  private final Scene scene;
  private final LossCount losses;
  private final String channel;
  private final Instant now;

  PromotionCheck(Scene scene, LossCount losses, String channel, Instant now) {
    this.scene = scene;
    this.losses = losses;
    this.channel = channel;
    this.now = now;
  }

  /**
   * A commit that was found in order.
   *
   * @param statement by which the channel moved to it
   */
  record Sound(PromotionCommit commit, PolicyAt policy, Counted statement) {}

  /** Throws at the first thing that is not as it should be. */
  Sound check(PromotionCommit commit) {
    var policy = GitFailure.unwrap(scene.policyOf(commit));
    var at = channel(commit, policy);
    requireSigned(commit, policy);
    requireForwards(commit, policy, before(commit), "the one before it");
    requireTree(commit);
    var from = origin(commit, policy, at);
    requireForwards(commit, policy, from, "the one that it comes from");
    var statement = statement(commit, policy);
    var then = scene.asOf(statement.path()).orElseThrow();
    requireNotAhead(commit, statement, then);
    requireNotBack(commit, statement, then);
    var sound = new Sound(commit, policy, statement);
    succession().requireNext(sound, then);
    from.filter(_ -> commit.act() == Act.PROMOTE)
        .ifPresent(it -> succession().requireCurrent(commit, it, then));
    new Rejudgement(scene, then, losses, at).require(sound, from);
    return sound;
  }

  /** What of a sound commit would be counted or linked otherwise today. */
  List<Diagnostic> doubts(Sound sound) {
    var then = scene.asOf(sound.statement().path()).orElseThrow();
    var at = channel(sound.commit(), sound.policy());
    return Stream.of(
            new Rejudgement(scene, then, losses, at).doubts(sound), hindsight().doubts(sound))
        .flatMap(List::stream)
        .toList();
  }

  /** The same of a channel's tip, which main must stand by still. */
  Sound checkTip(PromotionCommit tip) {
    var sound = checkNewest(tip);
    hindsight().require(sound);
    return sound;
  }

  /** The same of the channel's tip, than which nothing may be newer. */
  Sound checkNewest(PromotionCommit tip) {
    var sound = check(tip);
    requireNewest(sound);
    return sound;
  }

  /** That the channel did not move on from a commit that was found in order. */
  void requireNewest(Sound tip) {
    succession().requireNewest(Optional.of(tip));
  }

  private Hindsight hindsight() {
    return new Hindsight(scene, channel, now);
  }

  /** That a channel which has nothing never had anything. */
  void checkNothing() {
    succession().requireNewest(Optional.empty());
  }

  /** Who dates a move ahead lets gates be met by time that has not passed. */
  private void requireNotAhead(PromotionCommit commit, Counted statement, Scene then) {
    var said = then.said().orElseThrow();
    var time = statement.statement().time();
    if (time.isAfter(said.plus(EvidenceJudge.CLOCKS_APART))) {
      throw broken(
          commit,
          "it is said to have entered at %s, which was still to come when that was said, at %s"
              .formatted(time, said));
    }
  }

  /** Who dates a move back lets it precede a freeze, and what takes it on have soaked. */
  private void requireNotBack(PromotionCommit commit, Counted statement, Scene then) {
    var time = statement.statement().time();
    then.saidAfter(time.plus(EvidenceJudge.CLOCKS_APART))
        .ifPresent(said -> {
          throw broken(
              commit,
              "it is said to have entered at %s, and evidence was added to before that at %s"
                  .formatted(time, said));
        });
  }

  private Succession succession() {
    return new Succession(scene, channel, now);
  }

  private Channel channel(PromotionCommit commit, PolicyAt policy) {
    return policy
        .policies()
        .find(channel)
        .orElseThrow(() -> broken(commit, "its policy knows no channel " + channel));
  }

  private GitFailure broken(PromotionCommit commit, String what) {
    return Refusal.unsound(channel, commit, what);
  }

  private void requireSigned(PromotionCommit commit, PolicyAt policy) {
    requireSigned(commit, policy, commit.time());
  }

  /** Who could go back to an older policy could choose the one that suits them. */
  private void requireForwards(
      PromotionCommit commit, PolicyAt policy, Optional<PromotionCommit> than, String which) {
    than.map(one -> one.trailers().policy())
        .filter(was -> !scene.repository().isAncestor(was, policy.commit()))
        .ifPresent(was -> {
          throw broken(
              commit,
              "it is judged by the policy of %s, which is older than %s, that of %s"
                  .formatted(policy.commit().name(), was.name(), which));
        });
  }

  private Optional<PromotionCommit> before(PromotionCommit commit) {
    return commit
        .parent()
        .flatMap(id -> PromotionCommit.read(scene.repository().commit(id)).value());
  }

  /**
   * Whether a key that may move the channel signed the commit.
   *
   * @param time at which it must be valid
   */
  void requireSigned(PromotionCommit commit, PolicyAt policy, Instant time) {
    switch (commit.signed()) {
      case Signed.Wrong(var why) -> throw broken(commit, why);
      case Signed.By by -> {
        var problem = Keys.problem(by, policy, channel, time);
        if (problem.isPresent()) {
          throw broken(commit, problem.get());
        }
      }
    }
  }

  private void requireTree(PromotionCommit commit) {
    var release = GitFailure.unwrap(scene.release(commit));
    if (!release.digest().equals(commit.trailers().release())) {
      throw broken(
          commit,
          "its tree is the release %s, and its Release-Digest says %s"
              .formatted(release.digest(), commit.trailers().release()));
    }
  }

  /** The commit that the release comes from, where it is one of a channel, with the same tree. */
  private Optional<PromotionCommit> origin(PromotionCommit commit, PolicyAt policy, Channel at) {
    var trailers = commit.trailers();
    return switch (commit.act()) {
      case PUBLISH -> {
        if (at.upstream().isPresent()) {
          throw broken(
              commit, "it takes its release from main, and not from " + at.upstream().get());
        }
        requireOnMain(commit);
        yield Optional.empty();
      }
      case PROMOTE -> {
        var upstream = at.upstream().orElse("");
        if (!trailers.from().equals(upstream)) {
          throw broken(
              commit, "it is promoted from %s, not from %s".formatted(trailers.from(), upstream));
        }
        yield Optional.of(sameTree(commit, on(policy, upstream)));
      }
      case ROLLBACK -> {
        requireOwn(commit, trailers.rolledBackFrom().orElseThrow().hex());
        yield Optional.of(sameTree(commit, commit.parent()));
      }
      case HOTFIX -> {
        requireOwn(commit, trailers.hotfixOf().orElseThrow().hex());
        requireMended(commit);
        yield Optional.empty();
      }
    };
  }

  /** The upstream may have been given another branch since. */
  private Optional<ObjectId> on(PolicyAt policy, String upstream) {
    return Stream.of(scene.policy(), policy)
        .flatMap(at -> at.policies().find(upstream).stream())
        .findFirst()
        .flatMap(of -> scene.branches().tip(of.branch()));
  }

  void requireOnMain(PromotionCommit commit) {
    var source = commit.trailers().source();
    if (commit.trailers().fromCommit().equals(source)
        && !scene.isOfMain(source)
        && scene.isMerged(source)) {
      throw Refusal.mergedOnly(
          "%s: the commit %s has the source %s"
              .formatted(channel, commit.id().name(), source.name()));
    }
    if (!commit.trailers().fromCommit().equals(source) || !scene.isOfMain(source)) {
      throw broken(commit, "its source %s is no commit of main".formatted(source.name()));
    }
  }

  /** Its source descends from that of what it mends, and anybody with the clone can look at it. */
  private void requireMended(PromotionCommit commit) {
    var source = commit.trailers().source();
    var mended = before(commit).map(parent -> parent.trailers().source());
    if (!scene.repository().has(source)) {
      throw Refusal.unsound(
          channel,
          commit,
          "its source %s is not in this clone".formatted(source.name()),
          "fetch it: git fetch; where the remote has lost it, let somebody who has it bring it"
              + " back: git push origin %1$s:refs/heads/%2$s%1$s"
                  .formatted(source.name(), Branches.HOTFIX_SOURCE));
    }
    if (!commit.parent().equals(Optional.of(commit.trailers().fromCommit()))
        || mended.filter(had -> scene.repository().isAncestor(had, source)).isEmpty()) {
      throw broken(commit, "its source %s is not of what it mends".formatted(source.name()));
    }
  }

  private void requireOwn(PromotionCommit commit, String before) {
    var parent =
        before(commit).orElseThrow(() -> broken(commit, "the channel had nothing before it"));
    if (!parent.trailers().release().hex().equals(before)) {
      throw broken(
          commit,
          "it says that the channel had %s before, and it had %s"
              .formatted(before, parent.trailers().release()));
    }
    if (!commit.trailers().from().equals(channel)) {
      throw broken(
          commit, "it comes from %s, not from %s".formatted(commit.trailers().from(), channel));
    }
  }

  private PromotionCommit sameTree(PromotionCommit commit, Optional<ObjectId> branch) {
    var id = commit.trailers().fromCommit();
    if (branch.isEmpty()
        || !scene.repository().has(id)
        || !scene.repository().stoodAt(id, branch.get())) {
      throw broken(
          commit,
          "the commit %s that it comes from is not on %s"
              .formatted(id.name(), commit.trailers().from()));
    }
    var from = GitFailure.unwrap(PromotionCommit.read(scene.repository().commit(id)));
    if (!from.tree().equals(commit.tree())) {
      throw broken(
          commit,
          "its tree is %s, and that of %s in %s is %s"
              .formatted(
                  commit.tree().name(), id.name(), commit.trailers().from(), from.tree().name()));
    }
    if (!from.trailers().source().equals(commit.trailers().source())) {
      throw broken(
          commit,
          "its Source-Commit is %s, and that of %s is %s"
              .formatted(
                  commit.trailers().source().name(), id.name(), from.trailers().source().name()));
    }
    return from;
  }

  private Counted statement(PromotionCommit commit, PolicyAt policy) {
    return scene
        .stated(channel, commit, now)
        .orElseThrow(() ->
            broken(
                commit,
                "no promotion statement that counts is about it" + rejected(commit, policy)));
  }

  /** Why those that are there do not count. */
  private String rejected(PromotionCommit commit, PolicyAt policy) {
    var why =
        scene
            .evidence()
            .promotions(
                channel, commit.trailers().release(), scene.judge(policy.policies().trust(), now))
            .stream()
            .filter(Evidence.Rejected.class::isInstance)
            .map(Evidence.Rejected.class::cast)
            .map(found -> found.path() + ": " + String.join(", ", found.against()))
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? "" : ": " + why;
  }
}
