package dev.fairway.diff.fleet;

import java.time.Duration;
import java.util.Optional;

/**
 * Clusters that are changed together.
 *
 * @param wave of the channel, where it has any that takes them
 * @param clusters that change, those left out that do not
 * @param inFlight how many of them at a time
 * @param time for all of them
 * @param pause before the next wave
 */
public record WaveImpact(
    String channel,
    Optional<String> wave,
    int clusters,
    int inFlight,
    NodeSpan nodes,
    TimeSpan time,
    Duration pause) {
  public String name() {
    return wave.map(name -> channel + "/" + name).orElse(channel);
  }
}
