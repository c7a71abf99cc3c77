package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.PromotionCheck.Sound;
import dev.fairway.diagnostic.Code;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Whether the commits of a channel are all that it ever had, in that order. It moves and is said to
 * have moved in one push: whoever sets its branch back leaves the word.
 */
record Succession(Scene scene, String channel, Instant now) {

  /** That the channel did not move after its tip; without one, that it never did. */
  void requireNewest(Optional<Sound> tip) {
    var at = tip.map(sound -> sound.commit().id());
    elsewhere(scene.moves(channel, tip.map(sound -> sound.statement().path()), now), at.stream())
        .ifPresent(move -> {
          throw Refusal.of(
              Code.BRANCH_SET_BACK,
              "%s is at %s, and evidence says that %s moved it to %s at %s"
                  .formatted(
                      channel,
                      at.map(ObjectId::name).orElse("nothing"),
                      move.signer().owner(),
                      to(move),
                      move.statement().time()),
              "move its branch there again: git push --force origin %s:refs/heads/%s; or, where that is not sound, end the key that said so in channels/trust.yaml, until: %s"
                  .formatted(to(move), scene.channel(channel).branch(), move.statement().time()));
        });
  }

  /** The last move to a commit that is none of these. */
  private static Optional<Counted> elsewhere(List<Counted> moves, Stream<ObjectId> than) {
    var known = than.map(ObjectId::name).toList();
    return moves.stream().filter(move -> !known.contains(to(move))).max(Counted.BY_TIME);
  }

  private static String to(Counted move) {
    return move.statement().moved().orElseThrow().commit();
  }

  /** That nothing was between the commit and the one before it, when it entered. */
  void requireNext(Sound promotion, Scene then) {
    var commit = promotion.commit();
    var before = commit.parent().flatMap(this::stated).map(Counted::path);
    var known = Stream.concat(Stream.of(commit.id()), commit.parent().stream());
    elsewhere(then.moves(channel, before, now), known)
        .ifPresent(move -> {
          throw Refusal.unsound(
              channel,
              commit,
              "the channel had moved to %s by then, which it does not follow".formatted(to(move)));
        });
  }

  private Optional<Counted> stated(ObjectId id) {
    return PromotionCommit.read(scene.repository().commit(id))
        .value()
        .flatMap(commit -> scene.stated(channel, commit, now));
  }

  /** That the upstream had not gone away from what was taken, by order of evidence and no clock. */
  void requireCurrent(PromotionCommit commit, PromotionCommit from, Scene then) {
    var upstream = commit.trailers().from();
    var stated =
        then.stated(upstream, from, now)
            .orElseThrow(() ->
                Refusal.unsound(
                    channel,
                    commit,
                    "nobody had said by then that %s moved to %s"
                        .formatted(upstream, from.id().name())));
    elsewhere(then.moves(upstream, Optional.of(stated.path()), now), Stream.of(from.id()))
        .ifPresent(move -> {
          throw Refusal.unsound(
              channel,
              commit,
              "%s had moved from %s to %s by then".formatted(upstream, from.id().name(), to(move)));
        });
  }
}
