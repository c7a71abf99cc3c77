package dev.fairway.channel;

import dev.fairway.channel.ActReport.Left;
import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.Proposer.Proposal;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** Takes what the upstream has; for the first channel, what is published. */
record Promoting(Scene scene, LossCount losses, Instant now, String name, Optional<String> wanted) {

  Proposal propose() {
    var channel = scene.channel(name);
    var tip = scene.tip(channel);
    tip.ifPresentOrElse(commit -> check(name).checkTip(commit), () -> check(name).checkNothing());
    return channel.upstream().isPresent()
        ? fromUpstream(channel, tip, scene.channel(channel.upstream().get()))
        : published(channel, tip);
  }

  private PromotionCheck check(String channel) {
    return new PromotionCheck(scene, losses, channel, now);
  }

  private Proposal fromUpstream(Channel channel, Optional<PromotionCommit> tip, Channel upstream) {
    var from =
        scene
            .tip(upstream)
            .orElseThrow(() ->
                Refusal.of(
                    Code.NOTHING_TO_PROMOTE,
                    "%s takes what %s has, and that has nothing yet"
                        .formatted(name, upstream.name()),
                    "promote %s first".formatted(upstream.name())));
    var release = from.trailers().release();
    if (wanted.isPresent() && !Promotions.isCalled(release, wanted.get())) {
      throw Refusal.of(
          Code.NOTHING_TO_PROMOTE,
          "%s has the release %s, not %s".formatted(upstream.name(), release, wanted.get()),
          "leave the release out, or promote it to %s first".formatted(upstream.name()));
    }
    check(upstream.name()).checkTip(from);
    if (tip.filter(has -> has.tree().equals(from.tree())).isPresent()) {
      return new Proposal.Nothing(Act.PROMOTE, channel, release);
    }
    if (isLeft(tip, release)) {
      var left = new Left(release, channel.upstream());
      var has = tip.orElseThrow().trailers().release();
      return new Proposal.Nothing(Act.PROMOTE, channel, has, Optional.of(left));
    }
    return Proposal.Move.of(draft(Act.PROMOTE, channel, tip, from, upstream.name()));
  }

  /**
   * Whether the channel went from the release to a rollback or a hotfix, and never came back: that
   * is taken again only by name.
   */
  private boolean isLeft(Optional<PromotionCommit> tip, Digest release) {
    return wanted.isEmpty()
        && tip.isPresent()
        // Said of few; so the chain is not walked for what it never had.
        && !scene.evidence().promotions(name, release, scene.judge(now)).isEmpty()
        && Chain.of(scene, tip.get())
            .map(PromotionCommit::trailers)
            .takeWhile(had -> !had.release().equals(release))
            .anyMatch(
                had -> had.rolledBackFrom().or(had::hotfixOf).filter(release::equals).isPresent());
  }

  private Draft draft(
      Act act, Channel channel, Optional<PromotionCommit> tip, PromotionCommit from, String of) {
    var release = GitFailure.unwrap(scene.release(from));
    var digest = from.trailers().release();
    var isPublished = act == Act.PUBLISH;
    var trailers =
        new Trailers(
            digest,
            from.trailers().source(),
            scene.policy().commit(),
            of,
            isPublished ? from.trailers().source() : from.id(),
            Optional.empty(),
            Optional.empty());
    return new Draft(
        act,
        channel,
        release,
        from.tree(),
        tip,
        isPublished ? Optional.empty() : Optional.of(from),
        trailers,
        isPublished ? Branches.PUBLISH + digest : Branches.promote(name) + digest,
        false);
  }

  /**
   * Of what is published and newer than what the channel has, all that can be taken, the newest
   * first: tests take hours, and while main moves on it is an older one that has passed them.
   */
  private Proposal published(Channel channel, Optional<PromotionCommit> tip) {
    var drafts = new ArrayList<Draft>();
    var wrong = new ArrayList<GitFailure>();
    var left = new ArrayList<Left>();
    for (var head : candidates(tip)) {
      if (isLeft(tip, head.trailers().release())) {
        left.add(new Left(head.trailers().release(), Optional.empty()));
        continue;
      }
      // Each is read, compared and linked: the newest, which is shown if none can be taken, and
      // of the others what could be.
      if (drafts.isEmpty() || isTested(channel, head)) {
        try {
          drafts.add(draft(Act.PUBLISH, channel, tip, checked(head), Branches.MAIN));
        } catch (GitFailure e) {
          wrong.add(e);
        }
      }
    }
    if (drafts.isEmpty() && !wrong.isEmpty()) {
      throw wrong.getFirst();
    }
    return drafts.isEmpty()
        ? nothing(channel, tip, left.stream().findFirst())
        : new Proposal.Move(drafts);
  }

  /** Whether what the channel asks for was said, and said last to have passed. */
  private boolean isTested(Channel channel, PromotionCommit head) {
    var trust = scene.policy().policies().trust();
    var counted =
        scene.evidence(head.trailers().release(), trust, now).stream()
            .filter(Counted.class::isInstance)
            .map(Counted.class::cast)
            .filter(proof -> proof.statement().channel().equals(channel.name()))
            .toList();
    return channel.gates().evidence().stream()
        .allMatch(kind ->
            counted.stream()
                .filter(proof -> proof.statement().kind().equals(kind))
                .max(Counted.BY_TIME)
                .filter(proof -> proof.statement().isPassed())
                .isPresent());
  }

  /** What is older than one that compiled to what the channel has is older than the channel. */
  private List<PromotionCommit> candidates(Optional<PromotionCommit> tip) {
    var heads = new ArrayList<PromotionCommit>();
    for (var head : scene.branches().below(Branches.PUBLISH).entrySet()) {
      PromotionCommit.read(scene.repository().commit(head.getValue()))
          .value()
          .filter(commit -> commit.trailers().release().hex().equals(head.getKey()))
          .filter(this::isWanted)
          .ifPresent(heads::add);
    }
    return newestFirst(heads, tip.map(has -> has.trailers().source())).stream()
        .takeWhile(head -> tip.filter(has -> isSame(has, head)).isEmpty())
        .toList();
  }

  private Proposal nothing(Channel channel, Optional<PromotionCommit> tip, Optional<Left> left) {
    return tip.filter(has -> wanted.isEmpty() || isWanted(has))
        .<Proposal>map(
            has -> new Proposal.Nothing(Act.PUBLISH, channel, has.trailers().release(), left))
        .orElseThrow(() ->
            Refusal.of(
                Code.NOTHING_TO_PROMOTE,
                wanted
                    .map(release -> "the release %s is not published".formatted(release))
                    .orElse("nothing is published that %s could take".formatted(name)),
                "publish what main compiles to: fairway release publish"));
  }

  private boolean isWanted(PromotionCommit commit) {
    return wanted.isEmpty() || Promotions.isCalled(commit.trailers().release(), wanted.get());
  }

  private static boolean isSame(PromotionCommit one, PromotionCommit other) {
    return one.tree().equals(other.tree());
  }

  /** A branch that anybody may have pushed: the commit on it must be what it says. */
  private PromotionCommit checked(PromotionCommit head) {
    var release = GitFailure.unwrap(scene.release(head));
    if (!release.digest().equals(head.trailers().release())) {
      throw Refusal.of(
          Code.NO_PROMOTION,
          "the tree of %s is the release %s, and its Release-Digest says %s"
              .formatted(head.id().name(), release.digest(), head.trailers().release()),
          "delete the branch, and publish the release again");
    }
    // By today's keys and policy: the head itself could name those that suit it.
    var check = check(name);
    check.requireSigned(head, scene.policy(), now);
    check.requireOnMain(head);
    return head;
  }

  /** By the order of main; what is no later than the channel's own source is old. */
  private List<PromotionCommit> newestFirst(
      List<PromotionCommit> heads, Optional<ObjectId> having) {
    if (wanted.isPresent() || heads.isEmpty()) {
      return heads;
    }
    var found = new ArrayList<PromotionCommit>();
    try (var walk = new RevWalk(scene.repository().git())) {
      walk.markStart(walk.parseCommit(scene.branches().tip(Branches.MAIN).orElseThrow()));
      walk.sort(RevSort.TOPO);
      for (var commit : walk) {
        if (found.size() == heads.size() || having.filter(commit.getId()::equals).isPresent()) {
          break;
        }
        heads.stream()
            .filter(head -> head.trailers().source().equals(commit.getId()))
            .filter(head -> having.filter(had -> isOld(head, had)).isEmpty())
            .forEach(found::add);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a hotfix was mended from is old, though main never comes to the hotfix's own source. */
  private boolean isOld(PromotionCommit head, ObjectId having) {
    return scene.repository().precedes(head.trailers().source(), having);
  }
}
