package dev.fairway.channel;

import dev.fairway.channel.Evidence.Counted;
import dev.fairway.model.Digest;
import dev.fairway.model.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of one gate.
 *
 * @param detail what of the gate, such as the kind of evidence, and where it failed; empty where
 *     there is but one
 * @param reason why it is met or not, to stand after the gate's name and a colon
 * @param earliest when it is met by itself, where that is only a matter of time
 * @param evidence the files that met it, or that override it
 */
public record GateResult(
    Gate gate,
    String detail,
    State state,
    String reason,
    Optional<Instant> earliest,
    List<Digest> evidence) {

  /** Whether the gate lets the release pass. */
  public enum State {
    MET,
    UNMET,
    OVERRIDDEN
  }

  public GateResult {
    evidence = List.copyOf(evidence);
  }

  static GateResult met(Gate gate, String detail, String reason, List<Digest> evidence) {
    return new GateResult(gate, detail, State.MET, reason, Optional.empty(), evidence);
  }

  static GateResult unmet(Gate gate, String detail, String reason) {
    return new GateResult(gate, detail, State.UNMET, reason, Optional.empty(), List.of());
  }

  static GateResult unmetUntil(Gate gate, String reason, Instant earliest) {
    return new GateResult(gate, "", State.UNMET, reason, Optional.of(earliest), List.of());
  }

  /** The same, with more of why. */
  GateResult and(String more) {
    return new GateResult(gate, detail, state, reason + "; " + more, earliest, evidence);
  }

  /** By whom and why is held against later judgements: these words stay as they are. */
  GateResult overriddenBy(Counted override) {
    return new GateResult(
        gate,
        detail,
        State.OVERRIDDEN,
        "overridden by %s: %s"
            .formatted(override.signer().owner(), override.statement().text("reason").orElse("")),
        Optional.empty(),
        List.of(override.path().file()));
  }

  public boolean isPassed() {
    return state != State.UNMET;
  }

  /** {@code evidence conformance}, {@code soak}. */
  public String name() {
    return detail.isEmpty() ? gate.keyword() : gate.keyword() + " " + detail;
  }
}
