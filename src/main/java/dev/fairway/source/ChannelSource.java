package dev.fairway.source;

import dev.fairway.diagnostic.Span;
import dev.fairway.model.Channel;

/** A channel's policy and where its parts stand, so that later passes can point at them. */
public record ChannelSource(Channel channel, Spans spans) {

  /** Where the value at a JSON pointer stands, such as {@code /gates/soak}. */
  public Span at(String pointer) {
    return spans.value(pointer);
  }

  public String name() {
    return channel.name();
  }
}
