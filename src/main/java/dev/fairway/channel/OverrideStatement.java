package dev.fairway.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.model.EvidenceKind;
import java.time.Instant;
import java.util.Optional;

/** That somebody goes around gates, said where everybody can read it. */
final class OverrideStatement {
  private OverrideStatement() {}

  static Statement of(Draft draft, OverriddenGates override, Instant now) {
    var details = JsonNodeFactory.instance.objectNode().put("reason", override.reason());
    var gates = details.putArray("gates");
    override.gates().forEach(gate -> gates.add(gate.keyword()));
    draft.parent().ifPresent(tip -> details.put(KindRules.AFTER, tip.name()));
    return new Statement(
        draft.channel().name(),
        draft.release().digest(),
        EvidenceKind.OVERRIDE,
        Optional.empty(),
        now,
        Statement.Result.passed,
        details);
  }
}
