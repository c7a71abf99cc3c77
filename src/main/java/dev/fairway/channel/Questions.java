package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.channel.Evidence.Rejected;
import dev.fairway.channel.PolicyFiles.PolicyAt;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.model.EvidenceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what the judgement of a release depends on: now, or as it was when a channel moved. */
final class Questions {
  private final Scene scene;
  private final PolicyAt policy;
  private final Channel channel;

  /**
   * @param policy that is in force for the commit
   * @param channel as that policy has it
   */
  Questions(Scene scene, PolicyAt policy, Channel channel) {
    this.scene = scene;
    this.policy = policy;
    this.channel = channel;
  }

  /**
   * What is to be judged now.
   *
   * @param from the commit that the release comes from, where that is one of a channel
   * @param more statements that are made together with the move, such as an override
   */
  Question now(
      Act act,
      Digest release,
      Optional<PromotionCommit> from,
      List<Counted> more,
      Losses losses,
      Linking linking,
      Instant now) {
    var evidence = scene.evidence(release, policy.policies().trust(), now);
    var counted = new ArrayList<>(more);
    of(evidence, Counted.class).stream().filter(Questions::isHeard).forEach(counted::add);
    return new Question(
        act,
        channel,
        release,
        counted,
        of(evidence, Rejected.class),
        scene.having(release),
        since(act, from, now),
        now,
        Freezing.at(channel.freezes(), now),
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

  /**
   * What was judged when the channel moved, with the evidence that was heard then and no other:
   * what came later can't have been known.
   */
  Question then(
      PromotionCommit commit, PromotionStatement said, Optional<PromotionCommit> from, Instant at) {
    var evidence =
        scene.evidence(commit.trailers().release(), policy.policies().trust(), at).stream()
            .filter(found -> said.evidence().contains(found.path().file()))
            .toList();
    var heard = of(evidence, Counted.class);
    requireAll(said, heard, of(evidence, Rejected.class));
    return new Question(
        commit.act(),
        channel,
        commit.trailers().release(),
        heard,
        List.of(),
        List.of(),
        since(commit.act(), from, at),
        at,
        Freezing.at(channel.freezes(), at),
        said.losses(),
        said.linking());
  }

  private void requireAll(PromotionStatement said, List<Counted> heard, List<Rejected> rejected) {
    for (var file : said.evidence()) {
      if (heard.stream().noneMatch(counted -> counted.path().file().equals(file))) {
        var why =
            rejected.stream()
                .filter(evidence -> evidence.path().file().equals(file))
                .findFirst()
                .map(evidence -> "does not count: " + String.join(", ", evidence.against()))
                .orElse("is gone");
        throw Refusal.of(
            Code.BROKEN_CHAIN,
            "%s: evidence that a promotion stands on, %s.json, %s"
                .formatted(channel.name(), file, why),
            "find out who changed the branch evidence: fairway evidence verify");
      }
    }
  }

  /** Since when the upstream has the commit: since its own statement, by its own policy. */
  private Optional<Instant> since(Act act, Optional<PromotionCommit> from, Instant now) {
    return act == Act.PROMOTE
        ? from.flatMap(commit ->
            scene
                .policyOf(commit)
                .value()
                .flatMap(at ->
                    scene.statement(
                        channel.upstream().orElse(""), commit, at.policies().trust(), now))
                .map(statement -> statement.statement().time()))
        : Optional.empty();
  }
}
