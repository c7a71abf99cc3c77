package dev.fairway.channel;

import dev.fairway.model.Channel;
import dev.fairway.model.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way that a release came, from a channel back to main. */
final class Way {
  private Way() {}

  static Provenance of(
      Scene scene, Channel channel, PromotionCommit tip, Cluster cluster, Instant now) {
    var version =
        scene
            .stated(channel.name(), tip, now)
            .flatMap(PromotionStatement::read)
            .flatMap(said -> Optional.ofNullable(said.linking().versions().get(cluster.id())));
    return new Provenance(
        cluster.id(),
        cluster.alias(),
        channel.name(),
        tip.trailers().release(),
        version,
        way(scene, channel.name(), tip, now));
  }

  private static List<HistoryEntry> way(
      Scene scene, String channel, PromotionCommit tip, Instant now) {
    var way = new ArrayList<HistoryEntry>();
    var at = Optional.of(tip);
    var name = channel;
    while (at.isPresent()) {
      var commit = at.get();
      way.add(HistoryEntry.of(scene, name, commit, now));
      name = commit.trailers().from();
      at =
          name.equals(Branches.MAIN) || commit.act() == Act.HOTFIX
              ? Optional.empty()
              : from(scene, commit);
    }
    return way;
  }

  private static Optional<PromotionCommit> from(Scene scene, PromotionCommit commit) {
    var id = commit.trailers().fromCommit();
    return scene.repository().has(id)
        ? PromotionCommit.read(scene.repository().commit(id)).value()
        : Optional.empty();
  }
}
