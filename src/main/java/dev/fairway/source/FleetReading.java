package dev.fairway.source;

import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.util.List;

/**
 * What could be read of a fleet's records. A later pass can judge that too, so that one run tells
 * what is wrong to the last; whoever writes anything asks for the {@link #outcome}.
 *
 * @param readable the clusters whose records are whole
 * @param broken the other records, as far as they are YAML
 */
public record FleetReading(
    FleetSource readable, List<BrokenRecord> broken, Diagnostics diagnostics) {
  public FleetReading {
    broken = List.copyOf(broken);
  }

  /** The fleet, unless something is wrong with any record. */
  public Outcome<FleetSource> outcome() {
    return Outcome.unlessErrors(diagnostics, () -> readable);
  }
}
