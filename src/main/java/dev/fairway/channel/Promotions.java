package dev.fairway.channel;

import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.Digest;
import dev.fairway.release.Release;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The acts by which channels come to other releases. Each can be run again at any time: what is
 * done already is found done, what a killed one left is taken up.
 *
 * @param key that signs; a plan needs none
 */
public record Promotions(
    ChannelRepository repository, Optional<SigningKey> key, InstantSource clock, LossCount losses) {
  /** What is shorter fits too many. */
  static final int SHORTEST = 7;

  /**
   * Proposes a release to the first channel.
   *
   * @param release compiled from the commit that is checked out, says whoever signs
   */
  public Outcome<ActReport> publish(Release release, boolean plan) {
    return SourcedRelease.trusted(repository, release).then(sourced -> publish(sourced, plan));
  }

  /** Proposes a release to the first channel. */
  public Outcome<ActReport> publish(SourcedRelease release, boolean plan) {
    return run(
        scene -> scene.policy().policies().first(),
        scene -> new Publishing(scene, losses, release, plan, clock.instant()).propose(),
        OverriddenGates.NONE,
        plan);
  }

  /**
   * Moves a channel to what its upstream has, if its gates are met; proposes it if not.
   *
   * @param wanted the release by the beginning of its digest; without, what the upstream has, and
   *     of what is published the newest
   */
  public Outcome<ActReport> promote(String channel, Optional<String> wanted, boolean plan) {
    return run(
        scene -> scene.channel(channel),
        scene -> new Promoting(scene, losses, clock.instant(), channel, wanted).propose(),
        OverriddenGates.NONE,
        plan);
  }

  /** What promoting to a channel would come to in a scene that is known already. */
  Outcome<ActReport> planned(Scene scene, String channel) {
    Proposer proposer =
        now -> new Promoting(now, losses, clock.instant(), channel, Optional.empty()).propose();
    var audited = audited(now -> now.channel(channel), proposer);
    var execution = new Execution(this, audited, OverriddenGates.NONE, true);
    return GitFailure.outcomeOf(() -> Outcome.of(execution.planned(scene)));
  }

  /** Moves a channel back to a release that it had, named by the beginning of its digest. */
  public Outcome<ActReport> rollback(
      String channel, String to, OverriddenGates override, boolean plan) {
    return run(
        scene -> scene.channel(channel),
        scene -> new RollingBack(scene, losses, channel, to, clock.instant()).propose(),
        override,
        plan);
  }

  /**
   * Moves a channel to a mended copy of what it has.
   *
   * @param release compiled from the commit that is checked out, says whoever signs
   */
  public Outcome<ActReport> hotfix(
      String channel, Release release, OverriddenGates override, boolean plan) {
    return SourcedRelease.trusted(repository, release)
        .then(sourced -> hotfix(channel, sourced, override, plan));
  }

  /** Moves a channel to a mended copy of what it has. */
  public Outcome<ActReport> hotfix(
      String channel, SourcedRelease release, OverriddenGates override, boolean plan) {
    return run(
        scene -> scene.channel(channel),
        scene -> new Hotfixing(scene, losses, channel, release, plan, clock.instant()).propose(),
        override,
        plan);
  }

  private Outcome<ActReport> run(
      Function<Scene, Channel> channel, Proposer proposer, OverriddenGates override, boolean plan) {
    var execution = new Execution(this, audited(channel, proposer), override, plan);
    return GitFailure.outcomeOf(() -> Outcome.of(execution.run()));
  }

  /** Before anything is judged by evidence that somebody may have taken from. */
  private Proposer audited(Function<Scene, Channel> channel, Proposer proposer) {
    return scene -> {
      var now = clock.instant();
      // Nor by a clock that may be wrong.
      scene.requirePast(now);
      EvidenceAudit.require(scene, channel.apply(scene), now);
      return proposer.propose(scene);
    };
  }

  /** Whether people may mean the release by the beginning of its digest. */
  static boolean isCalled(Digest digest, String prefix) {
    return prefix.length() >= SHORTEST && digest.hex().startsWith(prefix);
  }
}
