package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.PromotionCheck.Sound;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import java.util.List;
import java.util.Optional;

/**
 * Judges the gates of a promotion again: by what there was then, and never by the word of who made
 * it.
 *
 * @param then the scene with the evidence to which the promotion was added
 * @param channel as the policy in force had it
 */
record Rejudgement(Scene scene, Scene then, LossCount count, Channel channel) {

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
    var question = question(promotion, from, said);
    requireHeard(said, question);
    requireKept(question);
    var results = Judgement.of(question);
    results.stream()
        .filter(result -> !result.isPassed())
        .findFirst()
        .ifPresent(result -> {
          throw broken(
              commit, "its gate %s was not met: %s".formatted(result.name(), result.reason()));
        });
    said.difference(PromotionStatement.of(question, commit, results))
        .ifPresent(difference -> {
          throw broken(commit, "its promotion statement is not true: " + difference);
        });
  }

  private GitFailure broken(PromotionCommit commit, String what) {
    return Refusal.unsound(channel.name(), commit, what);
  }

  /** Losses that no gate asks for are not counted again: of two large releases that takes time. */
  private Question question(
      Sound promotion, Optional<PromotionCommit> from, PromotionStatement said) {
    var commit = promotion.commit();
    return new Questions(then, promotion.policy(), channel)
        .of(
            Questions.Move.of(commit, from),
            List.of(),
            channel.gates().budget().isPresent() ? losses(commit) : said.losses(),
            ChannelFleet.of(then, promotion.policy(), channel.name())
                .link(GitFailure.unwrap(then.release(commit))),
            promotion.statement().statement().time());
  }

  private Losses losses(PromotionCommit commit) {
    return commit
        .parent()
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
