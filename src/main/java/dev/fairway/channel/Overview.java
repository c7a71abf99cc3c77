package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import dev.fairway.model.Cluster;
import dev.fairway.release.Release;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What can be told of channels. It changes nothing but what the clone remembers of its remote.
 *
 * @param offline whether only that is asked
 */
public record Overview(
    ChannelRepository repository, boolean offline, InstantSource clock, LossCount losses) {

  /** Every channel, from the one that is published to. */
  public Outcome<List<ChannelStanding>> channels() {
    return in(scene ->
        scene.policy().policies().channels().stream()
            .map(channel -> standing(scene, channel))
            .toList());
  }

  /** The last times that a channel moved, the last one first. */
  public Outcome<List<HistoryEntry>> history(String channel, int most) {
    return in(scene ->
        scene.tip(scene.channel(channel)).stream()
            .flatMap(tip -> Chain.of(scene, tip).limit(most))
            .map(commit -> HistoryEntry.of(scene, channel, commit, now()))
            .toList());
  }

  /** Why a cluster, by its id or alias, should run what it should run. */
  public Outcome<Provenance> why(String cluster) {
    return in(scene -> why(scene, cluster));
  }

  /** The whole chain of a channel, by nothing but what the clone holds. */
  public Outcome<Verified> verify(String channel) {
    return new Overview(repository, true, clock, losses)
        .in(scene -> new Verification(scene, losses, channel, now()).run())
        .then(verified -> verified);
  }

  private <T> Outcome<T> in(Function<Scene, T> question) {
    return GitFailure.outcomeOf(() -> Outcome.of(question.apply(Scene.of(repository, offline))));
  }

  private Instant now() {
    return clock.instant();
  }

  private ChannelStanding standing(Scene scene, Channel channel) {
    var tip =
        scene
            .branches()
            .tip(channel.branch())
            .map(id -> PromotionCommit.read(scene.repository().commit(id)));
    var commit = tip.flatMap(Outcome::value);
    var entry = commit.map(found -> HistoryEntry.of(scene, channel.name(), found, now()));
    var next =
        new Promotions(repository, Optional.empty(), clock, losses).planned(scene, channel.name());
    var problems =
        Stream.concat(
                tip.stream().flatMap(read -> read.diagnostics().all().stream()),
                next.diagnostics().all().stream())
            .filter(problem -> problem.code() != Code.NOTHING_TO_PROMOTE)
            .map(Diagnostic::message)
            .findFirst();
    return new ChannelStanding(
        channel.name(),
        entry,
        entry.map(found -> Duration.between(found.time(), now())),
        entry.flatMap(found -> leadTime(scene, commit.orElseThrow(), found)),
        aliases(scene, channel),
        next.value()
            .filter(report ->
                report.state() != ActReport.State.NOTHING_TO_DO || report.left().isPresent()),
        problems);
  }

  private static Optional<Duration> leadTime(
      Scene scene, PromotionCommit commit, HistoryEntry entry) {
    var source = commit.trailers().source();
    if (!scene.repository().has(source)) {
      return Optional.empty();
    }
    var made = Instant.ofEpochSecond(scene.repository().commit(source).getCommitTime());
    return Optional.of(Duration.between(made, entry.time())).filter(time -> !time.isNegative());
  }

  private static List<String> aliases(Scene scene, Channel channel) {
    return knowing(scene, channel)
        .map(release -> fleet(scene, channel).aliases(release))
        .orElse(List.of());
  }

  /** Records are read by what a release knows: the channel's own, or the newest there is. */
  private static Optional<Release> knowing(Scene scene, Channel channel) {
    return Stream.concat(Stream.of(channel), scene.policy().policies().channels().stream())
        .flatMap(of -> scene.branches().tip(of.branch()).stream())
        .flatMap(tip -> PromotionCommit.read(scene.repository().commit(tip)).value().stream())
        .flatMap(commit -> scene.release(commit).value().stream())
        .findFirst();
  }

  private static ChannelFleet fleet(Scene scene, Channel channel) {
    return ChannelFleet.of(scene, scene.policy(), channel.name());
  }

  private Provenance why(Scene scene, String name) {
    var known = new ArrayList<String>();
    for (var channel : scene.policy().policies().channels()) {
      var tip = scene.tip(channel);
      var release = tip.map(has -> GitFailure.unwrap(scene.release(has)));
      var knowing = release.or(() -> knowing(scene, channel)).orElseThrow(() -> unread(name));
      var fleet = fleet(scene, channel);
      var cluster = fleet.find(knowing, name);
      if (cluster.isPresent()) {
        var has = tip.orElseThrow(() -> waiting(cluster.get(), channel));
        return Way.of(scene, channel, has, cluster.get(), now());
      }
      known.addAll(fleet.aliases(knowing));
    }
    throw Refusal.of(
        Code.UNKNOWN_CLUSTER,
        name + " is neither the id nor the alias of a cluster",
        known.isEmpty()
            ? "no record on main can be read; the lines that tell why: fairway channels lint"
            : DidYouMean.remedy(name, known));
  }

  private static GitFailure waiting(Cluster cluster, Channel channel) {
    return Refusal.of(
        Code.NO_BRANCH,
        "%s follows %s, which has no release yet".formatted(cluster.alias(), channel.name()),
        "promote one to it: fairway promote " + channel.name());
  }

  private static GitFailure unread(String name) {
    return Refusal.of(
        Code.NO_BRANCH,
        "no channel has a release yet, so %s runs none".formatted(name),
        "publish what main compiles to: fairway release publish");
  }
}
