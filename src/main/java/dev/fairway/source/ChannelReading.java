package dev.fairway.source;

import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.ChannelPolicies;
import dev.fairway.model.Trust;
import java.util.List;
import java.util.Optional;

/**
 * What could be read of a folder of policies. A later pass can judge that too, so that one run
 * tells what is wrong to the last; whoever moves anything asks for the {@link #outcome}.
 *
 * @param channels those whose policy is whole; when nothing is wrong, each after its upstream
 * @param trust empty when something is wrong with it
 */
public record ChannelReading(
    List<ChannelSource> channels, Optional<Trust> trust, Diagnostics diagnostics) {
  public ChannelReading {
    channels = List.copyOf(channels);
  }

  /** The policies, unless something is wrong with any of them. */
  public Outcome<ChannelPolicies> outcome() {
    return Outcome.unlessErrors(
        diagnostics,
        () ->
            new ChannelPolicies(
                channels.stream().map(ChannelSource::channel).toList(), trust.orElseThrow()));
  }
}
