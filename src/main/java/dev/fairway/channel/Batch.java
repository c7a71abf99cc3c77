package dev.fairway.channel;

import dev.fairway.model.Channel;
import dev.fairway.model.Cluster;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.model.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Clusters that one run of a workflow deploys: a wave, or as much of it as one run takes.
 *
 * @param name the wave's; a second part of it is {@code <wave>.2}, which no wave is called
 * @param clusters at least one, sorted by alias
 * @param pause after it, before the next one starts
 */
public record Batch(
    String name, List<Cluster> clusters, int maxInFlight, Duration pause, boolean stopOnFailure) {
  /** GitHub runs no more jobs than this of one matrix. */
  public static final int LARGEST = 256;

  /**
   * Where the clusters are that no wave selects: nothing may be forgotten, and they come last.
   * Names of waves have no dot.
   */
  public static final String REST = ".rest";

  public Batch {
    clusters = List.copyOf(clusters);
  }

  /**
   * All clusters of the channel that stand, in the order of its waves. One that is still to be
   * created, or goes, is for people.
   */
  public static List<Batch> of(Channel channel, Collection<Cluster> fleet) {
    var waves = new LinkedHashMap<Optional<Wave>, List<Cluster>>();
    channel.waves().forEach(wave -> waves.put(Optional.of(wave), new ArrayList<>()));
    waves.put(Optional.empty(), new ArrayList<>());
    fleet.stream()
        .filter(cluster -> cluster.channel().equals(channel.name()))
        .filter(cluster -> cluster.lifecycleStatus() == LifecycleStatus.READY)
        .sorted(Comparator.comparing(Cluster::alias))
        .forEach(cluster ->
            waves.computeIfAbsent(Wave.of(cluster, channel), _ -> new ArrayList<>()).add(cluster));
    return waves.entrySet().stream()
        .flatMap(entry -> parts(entry.getKey(), entry.getValue(), channel).stream())
        .toList();
  }

  /** They follow each other without a pause, which is the wave's and not a part's. */
  private static List<Batch> parts(Optional<Wave> wave, List<Cluster> clusters, Channel channel) {
    var parts = new ArrayList<Batch>();
    for (int from = 0; from < clusters.size(); from += LARGEST) {
      var until = Math.min(from + LARGEST, clusters.size());
      var name = wave.map(Wave::name).orElse(REST);
      parts.add(
          new Batch(
              parts.isEmpty() ? name : "%s.%d".formatted(name, parts.size() + 1),
              clusters.subList(from, until),
              wave.map(Wave::maxInFlight).orElse(channel.waveless(until - from)),
              until < clusters.size() ? Duration.ZERO : wave.map(Wave::pause).orElse(Duration.ZERO),
              wave.map(Wave::stopOnFailure).orElse(true)));
    }
    return parts;
  }
}
