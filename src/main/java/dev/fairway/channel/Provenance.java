package dev.fairway.channel;

import dev.fairway.model.ClusterId;
import dev.fairway.model.Digest;
import java.util.List;
import java.util.Optional;

/**
 * Why a cluster should run what it should run.
 *
 * @param version of its assembly, as it was linked when the channel moved; empty for a cluster that
 *     came later
 * @param way from its channel back to main
 */
public record Provenance(
    ClusterId cluster,
    String alias,
    String channel,
    Digest release,
    Optional<Digest> version,
    List<HistoryEntry> way) {
  public Provenance {
    way = List.copyOf(way);
  }
}
