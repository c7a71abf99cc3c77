package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.PromotionCheck.Sound;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the gates of a promotion again: by what there was then, and never by the word of who made
 * it.
 *
 * @param then the scene with the evidence to which the promotion was added
 * @param channel as the policy in force had it
 */
record Rejudgement(Scene scene, Scene then, LossCount count, Channel channel) {
  /** Gates whose outcome depends on what a Fairway knows of the world. */
  private static final Set<Gate> COUNTED = Set.of(Gate.LINK, Gate.CHANGE_BUDGET);

  /** Throws where a gate was not met, or is said to have been met otherwise. */
  void require(Sound promotion, Optional<PromotionCommit> from) {
    var commit = promotion.commit();
    var said =
        PromotionStatement.read(promotion.statement())
            .orElseThrow(() -> broken(commit, "its promotion statement can't be read"));
    if (said.act() != commit.act()
        || !said.policy().equals(commit.trailers().policy().name())
        || !said.from().equals(fromText(commit))) {
      throw broken(commit, "its promotion statement is about another act, policy or origin");
    }
    promotion
        .statement()
        .statement()
        .moved()
        .filter(moved -> !moved.branch().equals(channel.branch()))
        .ifPresent(moved -> {
          throw broken(
              commit,
              "its promotion statement is of the branch %s, not of %s"
                  .formatted(moved.branch(), channel.branch()));
        });
    // By what was counted and linked then: that a later Fairway does it otherwise is no fault.
    var question = question(promotion, from, said.losses(), said.linking());
    requireHeard(said, question);
    requireKept(question);
    var results = Judgement.of(question);
    requireMet(commit, results);
    said.difference(PromotionStatement.of(question, commit, results))
        .ifPresent(difference -> {
          throw broken(commit, "its promotion statement is not true: " + difference);
        });
  }

  private void requireMet(PromotionCommit commit, List<GateResult> results) {
    results.stream()
        .filter(result -> !result.isPassed())
        .findFirst()
        .ifPresent(result -> {
          throw broken(
              commit, "its gate %s was not met: %s".formatted(result.name(), result.reason()));
        });
  }

  /**
   * What counting and linking again comes to where it would not do today. Either another Fairway
   * did that then, or who moved the channel did not say what was: people must tell.
   */
  List<Diagnostic> doubts(Sound promotion) {
    var commit = promotion.commit();
    var linking =
        ChannelFleet.of(then, promotion.policy(), channel.name())
            .link(GitFailure.unwrap(then.release(commit)));
    var doubts = new ArrayList<Diagnostic>();
    Judgement.of(question(promotion, Optional.empty(), losses(commit), linking)).stream()
        .filter(result -> COUNTED.contains(result.gate()) && !result.isPassed())
        .map(result ->
            "its gate %s would not be met today: %s".formatted(result.name(), result.reason()))
        .forEach(what -> doubts.add(doubt(commit, what)));
    PromotionStatement.read(promotion.statement())
        .filter(_ -> linking.problems().isEmpty())
        .flatMap(said -> said.otherClusters(linking))
        .ifPresent(what -> doubts.add(doubt(commit, what)));
    return doubts;
  }

  private Diagnostic doubt(PromotionCommit commit, String what) {
    return Diagnostic.general(
        Code.DOUBTED_GATE,
        "%s: of the commit %s, %s".formatted(channel.name(), commit.id().name(), what),
        "see whether another version of fairway moved the channel; if not, find out who did");
  }

  private GitFailure broken(PromotionCommit commit, String what) {
    return Refusal.unsound(channel.name(), commit, what);
  }

  private Question question(
      Sound promotion, Optional<PromotionCommit> from, Losses losses, Linking linking) {
    return new Questions(then, promotion.policy(), channel)
        .of(
            Questions.Move.of(promotion.commit(), from),
            List.of(),
            losses,
            linking,
            promotion.statement().statement().time());
  }

  /** What no gate asks for is not counted: of two large releases that takes time. */
  private Losses losses(PromotionCommit commit) {
    return commit
        .parent()
        .filter(_ -> channel.gates().budget().isPresent())
        .map(id -> GitFailure.unwrap(PromotionCommit.read(then.repository().commit(id))))
        .map(before ->
            count.between(
                GitFailure.unwrap(then.release(before)), GitFailure.unwrap(then.release(commit))))
        .orElse(Losses.NONE);
  }

  private void requireHeard(PromotionStatement said, Question question) {
    for (var file : said.evidence()) {
      if (question.proofs().stream().map(Counted::path).noneMatch(it -> it.file().equals(file))) {
        throw lost(file, why(file, question));
      }
    }
  }

  /** It is there still, for who looks at the branch as it is. */
  private void requireKept(Question question) {
    question.proofs().stream()
        .map(Counted::path)
        .filter(path -> !scene.evidence().has(path))
        .findFirst()
        .ifPresent(path -> {
          throw lost(path.file(), "is gone");
        });
  }

  private GitFailure lost(Digest file, String why) {
    return Refusal.of(
        Code.BROKEN_CHAIN,
        "%s: evidence that a promotion stands on, %s.json, %s".formatted(channel.name(), file, why),
        "find out who changed the branch evidence: fairway evidence verify");
  }

  private static String why(Digest file, Question question) {
    return question.discounted().stream()
        .filter(evidence -> evidence.path().file().equals(file))
        .findFirst()
        .map(evidence -> "does not count: " + String.join(", ", evidence.against()))
        .orElse("is gone");
  }

  private static String fromText(PromotionCommit commit) {
    return commit.trailers().from() + "@" + commit.trailers().fromCommit().name();
  }
}
