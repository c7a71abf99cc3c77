package dev.fairway.model;

import java.util.List;
import java.util.Optional;

/**
 * All that {@code channels/} says at one commit of {@code main}.
 *
 * @param channels from the one that is published to, each after its upstream
 */
public record ChannelPolicies(List<Channel> channels, Trust trust) {
  public ChannelPolicies {
    Invariant.distinct("the channels' names", channels.stream().map(Channel::name).toList());
    Invariant.distinct("the channels' branches", channels.stream().map(Channel::branch).toList());
    channels = List.copyOf(channels);
  }

  public Optional<Channel> find(String name) {
    return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
  }

  /** The channel that releases are published to. */
  public Channel first() {
    return channels.getFirst();
  }
}
