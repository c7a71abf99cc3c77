package dev.fairway.channel;

import dev.fairway.model.Freeze;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a channel is frozen, and until when. */
final class Freezing {
  private Freezing() {}

  static Optional<Frozen> at(List<Freeze> freezes, Instant now) {
    return FreezeWindows.at(freezes, now)
        .map(window ->
            new Frozen(
                window.freeze().reason(), Optional.of(FreezeWindows.earliestAfter(freezes, now))));
  }
}
