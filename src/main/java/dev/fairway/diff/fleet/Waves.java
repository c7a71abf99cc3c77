package dev.fairway.diff.fleet;

import dev.fairway.model.Channel;
import dev.fairway.model.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
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
    var clusters =
        members.stream()
            .filter(impact -> of(impact).equals(wave))
            .sorted(Comparator.comparing(impact -> impact.cluster().alias()))
            .toList();
    if (clusters.isEmpty()) {
      return;
    }
    var inFlight = wave.map(Wave::maxInFlight).orElseGet(() -> waveless(channel, clusters.size()));
    found.add(
        new WaveImpact(
            channel,
            wave.map(Wave::name),
            clusters.size(),
            inFlight,
            clusters.stream()
                .flatMap(impact -> impact.nodes().values().stream())
                .reduce(NodeSpan.NONE, NodeSpan::plus),
            time(clusters, inFlight),
            wave.map(Wave::pause).orElse(Duration.ZERO)));
  }

  private int waveless(String channel, int clusters) {
    return Optional.ofNullable(channels.get(channel))
        .map(it -> it.waveless(clusters))
        .orElse(clusters);
  }

  private static TimeSpan time(List<ClusterImpact> clusters, int inFlight) {
    return new TimeSpan(
        lasting(clusters.stream().map(it -> it.time().least()).toList(), inFlight),
        lasting(clusters.stream().map(it -> it.time().most()).toList(), inFlight));
  }

  /** As soon as one is done the next one starts. */
  private static Duration lasting(List<Duration> times, int inFlight) {
    var ends = new PriorityQueue<Duration>();
    var last = Duration.ZERO;
    for (var time : times) {
      var start = ends.size() < inFlight ? Duration.ZERO : ends.remove();
      var end = start.plus(time);
      ends.add(end);
      last = last.compareTo(end) >= 0 ? last : end;
    }
    return last;
  }
}
