package dev.fairway.diff.fleet;

import dev.fairway.model.Channel;
import dev.fairway.model.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In what order clusters follow their channels.
 *
 * @param channels by name; a cluster of any other is in no wave
 */
record Waves(Map<String, Channel> channels) {

  Optional<Wave> of(ClusterImpact impact) {
    return Optional.ofNullable(channels.get(impact.cluster().channel()))
        .flatMap(channel -> Wave.of(impact.cluster(), channel));
  }

  String name(ClusterImpact impact) {
    var channel = impact.cluster().channel();
    return of(impact).map(wave -> channel + "/" + wave.name()).orElse(channel);
  }

  /** By channel, in the order of its waves; at the end those that are in none. */
  List<WaveImpact> of(Collection<ClusterImpact> impacts) {
    SortedMap<String, List<ClusterImpact>> byChannel = new TreeMap<>();
    impacts.forEach(impact ->
        byChannel.computeIfAbsent(impact.cluster().channel(), _ -> new ArrayList<>()).add(impact));
    var found = new ArrayList<WaveImpact>();
    byChannel.forEach((channel, members) -> {
      var known = Optional.ofNullable(channels.get(channel)).map(Channel::waves).orElse(List.of());
      known.forEach(wave -> add(found, channel, Optional.of(wave), members));
      add(found, channel, Optional.empty(), members);
    });
    return found;
  }

  private void add(
      List<WaveImpact> found, String channel, Optional<Wave> wave, List<ClusterImpact> members) {
    var clusters = members.stream().filter(impact -> of(impact).equals(wave)).toList();
    if (clusters.isEmpty()) {
      return;
    }
    var inFlight = wave.map(Wave::maxInFlight).orElse(clusters.size());
    var longest = clusters.stream().map(ClusterImpact::time).reduce(TimeSpan.NONE, TimeSpan::or);
    found.add(
        new WaveImpact(
            channel,
            wave.map(Wave::name),
            clusters.size(),
            inFlight,
            clusters.stream()
                .flatMap(impact -> impact.nodes().values().stream())
                .reduce(NodeSpan.NONE, NodeSpan::plus),
            longest.times(Math.ceilDiv(clusters.size(), inFlight)),
            wave.map(Wave::pause).orElse(Duration.ZERO)));
  }
}
