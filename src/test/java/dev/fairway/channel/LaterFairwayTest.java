package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.ActReport.State;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Severity;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Fairway that counts losses otherwise than the one by which channels moved. */
class LaterFairwayTest {
  private static final String BUDGET =
      "name: alpha\nupstream: dev\ngates:\n  change_budget:\n    deleted: 1\n    replaced: 0\n";

  @TempDir private Path folder;
  private Harbour harbour;
  private Release one;
  private Release two;

  @BeforeEach
  void movedWithinItsBudgetAndByAnAcknowledgement() throws IOException {
    harbour = new Harbour(folder);
    harbour.files.put("channels/alpha.yaml", BUDGET);
    harbour.files.put("channels/stable.yaml", "name: stable\nupstream: alpha\n");
    one = harbour.inDev("one");
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    two = harbour.inDev("two");
    harbour.losses = new Losses(Optional.of(one.digest()), 1, 0);
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
  }

  @Test
  void countsMoreAndStopsNobody() throws IOException {
    harbour.losses = new Losses(Optional.of(one.digest()), 3, 1);

    Harbour.mustMove(State.MOVED, harbour.promote("stable"));
    try (var repository = harbour.open()) {
      var acts = harbour.acts(repository, harbour.ci);
      harbour.losses = new Losses(Optional.of(two.digest()), 0, 0);
      var back = acts.rollback("alpha", one.digest().hex(), OverriddenGates.NONE, false);
      Harbour.mustMove(State.MOVED, back);
    }
  }

  @Test
  void countsMoreAndSaysSoWhenAskedToVerify() throws IOException {
    var verified = harbour.verify("alpha", new Losses(Optional.of(one.digest()), 3, 1));

    assertThat(verified.value()).isPresent();
    assertThat(verified.diagnostics().all())
        .allMatch(said -> said.severity() == Severity.WARNING)
        .extracting(Diagnostic::message)
        .singleElement()
        .asString()
        .contains("change-budget", "3 deleted, 1 replaced");
  }

  @Test
  void countsLessThanSomebodyAcknowledged() throws IOException {
    var three = harbour.inDev("three");
    harbour.losses = new Losses(Optional.of(two.digest()), 5, 0);
    harbour.attest(
        "acknowledgement",
        "alpha",
        three,
        harbour.grace,
        JsonNodeFactory.instance
            .objectNode()
            .put("from", two.digest().hex())
            .put("deleted", 5)
            .put("replaced", 0)
            .put("reason", "gone"));
    Harbour.mustMove(State.MOVED, harbour.promote("alpha"));
    harbour.pass(Duration.ofMinutes(1));

    assertThat(harbour.verify("alpha", Losses.NONE).diagnostics().all()).isEmpty();
  }
}
