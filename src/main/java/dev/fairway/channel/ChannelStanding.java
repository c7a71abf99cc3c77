package dev.fairway.channel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a channel stands.
 *
 * @param now what it has; empty when nothing ever entered it
 * @param age for how long
 * @param leadTime from the making of the source commit until it entered
 * @param clusters the aliases of those that follow it
 * @param next what promoting to it would come to; empty when there is nothing at hand but what it
 *     has
 * @param problem why that can't be told, such as a chain that is broken
 */
public record ChannelStanding(
    String channel,
    Optional<HistoryEntry> now,
    Optional<Duration> age,
    Optional<Duration> leadTime,
    List<String> clusters,
    Optional<ActReport> next,
    Optional<String> problem) {
  public ChannelStanding {
    clusters = List.copyOf(clusters);
  }
}
