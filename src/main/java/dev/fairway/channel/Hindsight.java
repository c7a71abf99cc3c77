package dev.fairway.channel;

import dev.fairway.channel.PromotionCheck.Sound;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What main says of a move that was in order by the policy that it names: who moved the channel
 * chose that one.
 */
record Hindsight(Scene scene, String channel, Instant now) {

  /**
   * That the keys which moved a channel to its tip are good for it still: by an older policy one
   * that was ended since would go on moving it. The way out is to roll back by another key.
   */
  void require(Sound tip) {
    ended(tip)
        .ifPresent(why -> {
          throw Refusal.unsound(
              channel,
              tip.commit(),
              why,
              "roll %s back with another key; or, where nothing is wrong with it, end that key later"
                  .formatted(channel));
        });
  }

  /** A chain that was sound is so for ever: what main says since stops who takes more from it. */
  List<Diagnostic> doubts(Sound move) {
    return Stream.of(ended(move), stale(move))
        .flatMap(Optional::stream)
        .map(why ->
            Diagnostic.general(
                Code.DOUBTED_MOVE,
                "%s: of the commit %s, %s".formatted(channel, move.commit().id().name(), why),
                "find out who moved the channel, and whether that was right"))
        .toList();
  }

  private Optional<String> ended(Sound move) {
    var judge = scene.judge(now);
    var statement = move.statement();
    return judge
        .trust()
        .find(statement.signer().key())
        .flatMap(key -> judge.untimely(key, statement.path(), statement.statement().time()))
        .or(() ->
            Keys.signer(move.commit(), judge.trust())
                .flatMap(key -> Keys.invalid(key, move.commit().time())))
        .map(why -> "main has it since that " + why);
  }

  /** Main moves on while somebody promotes; what it says long before, they could know. */
  private Optional<String> stale(Sound move) {
    var time = move.statement().statement().time();
    return scene
        .main()
        .at(time.minus(EvidenceJudge.CLOCKS_APART))
        .flatMap(commit -> scene.policies().read(commit).value())
        .filter(then -> !then.saysTheSameAs(move.policy()))
        .filter(then -> !scene.repository().isAncestor(then.commit(), move.policy().commit()))
        .map(then ->
            "it is judged by the policy of %s, and main had that of %s at %s"
                .formatted(move.policy().commit().name(), then.commit().name(), time));
  }
}
