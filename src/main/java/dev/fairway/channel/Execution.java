package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.EvidenceBranch.Addition;
import dev.fairway.channel.Pace.Step;
import dev.fairway.channel.PolicyFiles.PolicyAt;
import dev.fairway.channel.Proposer.Proposal;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Channel;
import dev.fairway.model.TrustedKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One act, from looking at the branches to the push. Nothing before the push can be seen by anybody
 * else, and the push does all or nothing: killed at any time, an act has happened or it has not.
 * One that lost a race looks again and judges again.
 */
final class Execution {
  /** Whoever loses that often is told so; each time somebody else won. */
  private static final int ROUNDS = 50;

  private final Promotions acts;
  private final Proposer proposer;
  private final OverriddenGates override;
  private final boolean plan;

  Execution(Promotions acts, Proposer proposer, OverriddenGates override, boolean plan) {
    this.acts = acts;
    this.proposer = proposer;
    this.override = override;
    this.plan = plan;
  }

  ActReport run() {
    for (var round = 0; round < ROUNDS; round++) {
      var report = round();
      if (report.isPresent()) {
        return report.get();
      }
    }
    throw Refusal.of(
        Code.RESTLESS_CHANNEL,
        "others moved the branches %d times while this was under way".formatted(ROUNDS),
        "run it again when they are done; nothing was changed");
  }

  /** Empty when a race was lost. */
  private Optional<ActReport> round() {
    return round(Scene.of(acts.repository(), acts.repository().fetch()));
  }

  /** What a plan comes to in a scene that is known already. */
  ActReport planned(Scene scene) {
    return round(scene).orElseThrow();
  }

  private Optional<ActReport> round(Scene scene) {
    return switch (proposer.propose(scene)) {
      case Proposal.Nothing nothing -> Optional.of(nothing.report(plan));
      case Proposal.Move(var drafts) -> round(scene, drafts);
    };
  }

  private Optional<ActReport> round(Scene scene, List<Draft> drafts) {
    acts.repository().pace().before(Step.JUDGE);
    var now = acts.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    var first = drafts.getFirst();
    if (first.publishing()) {
      return propose(scene, first, head(scene, first, now), now);
    }
    var waiting = Optional.<Judged>empty();
    for (var draft : drafts) {
      var judged = judge(scene, draft, now);
      if (judged.isPassed()) {
        return plan ? Optional.of(planned(scene, judged, now)) : move(scene, judged, now);
      }
      waiting = waiting.or(() -> Optional.of(judged));
    }
    return wait(scene, waiting.orElseThrow(), now);
  }

  /** A move, and what came of its gates. */
  private record Judged(
      Draft draft,
      Optional<Head> head,
      PolicyAt policy,
      List<Signable> overrides,
      Question question,
      List<GateResult> results) {
    boolean isPassed() {
      return Judgement.isPassed(results);
    }

    ActReport report(boolean plan) {
      return report(head.map(Head::commit), plan);
    }

    ActReport report(Optional<PromotionCommit> commit, boolean plan) {
      var state = isPassed() ? ActReport.State.MOVED : ActReport.State.WAITING;
      return draft.report(state, plan, results, commit, Optional.of(draft.head()));
    }

    ActReport moved(PromotionCommit commit) {
      return draft.report(
          ActReport.State.MOVED, false, results, Optional.of(commit), Optional.empty());
    }
  }

  private Judged judge(Scene scene, Draft draft, Instant now) {
    var head = head(scene, draft, now);
    var policy = head.map(Head::policy).orElse(scene.policy());
    var overrides = overrides(draft, policy, now);
    var question = question(scene, draft, policy, overrides, now);
    return new Judged(draft, head, policy, overrides, question, Judgement.of(question));
  }

  /** The commit of an earlier run, and the policy that it is judged by. */
  private record Head(PromotionCommit commit, PolicyAt policy) {}

  /** Kept as long as it is still the move that is wanted, by the policy that is in force. */
  private Optional<Head> head(Scene scene, Draft draft, Instant now) {
    return scene
        .branches()
        .tip(draft.head())
        .flatMap(tip -> PromotionCommit.read(scene.repository().commit(tip)).value())
        .filter(draft::isMadeBy)
        .flatMap(commit ->
            scene
                .policyOf(commit)
                .value()
                .filter(scene.policy()::saysTheSameAs)
                .map(policy -> new Head(commit, policy)))
        .filter(head ->
            Keys.mayMove(
                head.commit(), head.policy(), draft.channel().name(), head.commit().time()))
        .filter(head -> !head.commit().time().isAfter(now));
  }

  private Question question(
      Scene scene, Draft draft, PolicyAt policy, List<Signable> overrides, Instant now) {
    var channel = policy.policies().find(draft.channel().name()).orElseThrow();
    var losses =
        draft
            .tip()
            .map(tip -> GitFailure.unwrap(scene.release(tip)))
            .map(before -> acts.losses().between(before, draft.release()))
            .orElse(Losses.NONE);
    return new Questions(scene, policy, channel)
        .of(
            Questions.Move.of(draft),
            overrides.stream().map(Signable::counted).toList(),
            losses,
            ChannelFleet.of(scene, policy, channel.name()).link(draft.release()),
            now);
  }

  /** A statement to add and what it counts as. */
  private record Signable(Addition addition, Counted counted) {}

  private List<Signable> overrides(Draft draft, PolicyAt policy, Instant now) {
    if (override.gates().isEmpty()) {
      return List.of();
    }
    var statement = OverrideStatement.of(draft, override, now);
    var addition = Addition.of(statement, key());
    var judged =
        new EvidenceJudge(policy.policies().trust(), now)
            .judge(addition.path(), addition.envelope().file());
    return switch (judged) {
      case Counted counted -> List.of(new Signable(addition, counted));
      case Evidence.Rejected rejected ->
          throw Refusal.of(
              Code.UNTRUSTED_KEY,
              "the override does not count: " + String.join(", ", rejected.against()),
              "let somebody sign it whom channels/trust.yaml lets override these gates");
    };
  }

  private SigningKey key() {
    return acts.key()
        .orElseThrow(() ->
            Refusal.of(
                Code.NO_KEY_GIVEN,
                "no key is given to sign with",
                "name the file of one with --key or in FAIRWAY_SIGNING_KEY"));
  }

  /** The owner of our key, who may move the channel by the policy in force. */
  private TrustedKey owner(PolicyAt policy, Channel channel, Instant now) {
    var by = new Signed.By(key().publicKey());
    Keys.problem(by, policy, channel.name(), now)
        .ifPresent(problem -> {
          throw Refusal.of(
              Code.UNTRUSTED_KEY,
              "%s: %s".formatted(channel.name(), problem),
              "sign with a key that channels/trust.yaml lets promote it, or add the key there");
        });
    return policy.policies().trust().find(by.key()).orElseThrow();
  }

  private ActReport planned(Scene scene, Judged judged, Instant now) {
    requireOwner(scene, judged.draft(), Optional.empty(), now);
    return judged.report(plan);
  }

  /**
   * What the act would refuse, its plan refuses; who names no key only wants to see the gates.
   *
   * @param standing a commit that is there already, so that nobody signs
   */
  private void requireOwner(
      Scene scene, Draft draft, Optional<PromotionCommit> standing, Instant now) {
    if (standing.isEmpty() && acts.key().isPresent()) {
      var _ = owner(scene.policy(), draft.channel(), now);
    }
  }

  private PromotionCommit write(Draft draft, PolicyAt policy, Instant now) {
    acts.repository().pace().before(Step.WRITE_COMMIT);
    var owner = owner(policy, draft.channel(), now).owner();
    return PromotionCommit.write(
        acts.repository().git(),
        draft.tree(),
        draft.parent(),
        draft.trailers(),
        draft.subject(),
        owner,
        key(),
        now);
  }

  private Optional<ActReport> propose(Scene scene, Draft draft, Optional<Head> head, Instant now) {
    var standing = head.map(Head::commit).or(() -> new Published(scene, now).candidate(draft));
    if (plan || standing.isPresent()) {
      requireOwner(scene, draft, standing, now);
      return Optional.of(proposed(draft, standing));
    }
    var commit = write(draft, scene.policy(), now);
    return pushHead(scene, draft, commit)
        ? Optional.of(proposed(draft, Optional.of(commit)))
        : Optional.empty();
  }

  private ActReport proposed(Draft draft, Optional<PromotionCommit> commit) {
    return draft.report(
        ActReport.State.PROPOSED, plan, List.of(), commit, Optional.of(draft.head()));
  }

  private Optional<ActReport> wait(Scene scene, Judged judged, Instant now) {
    var standing =
        judged.head().map(Head::commit).or(() -> new Published(scene, now).of(judged.draft()));
    if (plan || standing.isPresent()) {
      requireOwner(scene, judged.draft(), standing, now);
      return Optional.of(judged.report(standing, plan));
    }
    var commit = write(judged.draft(), scene.policy(), now);
    return pushHead(scene, judged.draft(), commit)
        ? Optional.of(judged.report(Optional.of(commit), plan))
        : Optional.empty();
  }

  private boolean pushHead(Scene scene, Draft draft, PromotionCommit commit) {
    var from = scene.branches().tip(draft.head());
    var outcome = acts.repository().push(List.of(RefMove.head(draft.head(), from, commit.id())));
    return outcome instanceof PushOutcome.Pushed;
  }

  private Optional<ActReport> move(Scene scene, Judged judged, Instant now) {
    var draft = judged.draft();
    var commit =
        judged.head().map(Head::commit).orElseGet(() -> write(draft, judged.policy(), now));
    requireSameTree(draft, commit.id());
    var said =
        PromotionStatement.of(judged.question(), commit, judged.results())
            .about(draft.channel().name(), draft.channel().branch(), commit, now);
    var additions = new ArrayList<>(judged.overrides().stream().map(Signable::addition).toList());
    additions.add(Addition.of(said, key()));
    acts.repository().pace().before(Step.WRITE_EVIDENCE);
    var owner = owner(scene.policy(), draft.channel(), now);
    var evidence = scene.evidence().with(additions, key(), owner, now);
    var moves = new ArrayList<RefMove>();
    moves.add(RefMove.forward(draft.channel().branch(), draft.parent(), commit.id()));
    moves.add(
        RefMove.forward(Branches.EVIDENCE, scene.branches().tip(Branches.EVIDENCE), evidence));
    moves.addAll(Superseded.by(draft, scene));
    moves.addAll(kept(draft, scene));
    if (acts.repository().push(moves) instanceof PushOutcome.Lost) {
      return Optional.empty();
    }
    requireSameTree(draft, commit.id());
    return Optional.of(judged.moved(commit));
  }

  /**
   * People delete the branch that a hotfix was compiled from, and verifying asks for it for ever.
   */
  private static List<RefMove> kept(Draft draft, Scene scene) {
    var source = draft.trailers().source();
    var branch = Branches.HOTFIX_SOURCE + source.name();
    var tip = scene.branches().tip(branch);
    return draft.act() == Act.HOTFIX && tip.filter(source::equals).isEmpty()
        ? List.of(RefMove.head(branch, tip, source))
        : List.of();
  }

  /** What was tested is what enters: looked at in Git's own objects, before and after. */
  private void requireSameTree(Draft draft, ObjectId commit) {
    var tree = acts.repository().commit(commit).getTree().getId();
    var wanted = draft.from().map(PromotionCommit::tree).orElse(draft.tree());
    if (!tree.equals(wanted)) {
      throw Refusal.of(
          Code.BROKEN_CHAIN,
          "the tree of %s is %s, not %s".formatted(commit.name(), tree.name(), wanted.name()),
          "report it: this is a bug of ours");
    }
  }
}
