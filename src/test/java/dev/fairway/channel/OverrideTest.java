package dev.fairway.channel;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.channel.ActReport.State;
import dev.fairway.channel.Statement.Result;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.Gate;
import dev.fairway.release.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to a release that somebody is against by now. */
class OverrideTest {
  private static final OverriddenGates APPROVALS =
      new OverriddenGates(List.of(Gate.APPROVALS), "nodes do not boot");

  @TempDir private Path folder;
  private Harbour harbour;
  private Release one;
  private Release two;

  @BeforeEach
  void twoInStable() throws IOException {
    harbour = new Harbour(folder);
    one = harbour.inStable("one");
    harbour.pass(Duration.ofHours(1));
    two = harbour.inStable("two");
    var group = instance.objectNode().put("group", "platform");
    harbour.say("approval", "stable", one.digest(), harbour.grace, group, Result.failed);
  }

  @Test
  void anOverrideIsForTheMoveThatItWasGivenFor() throws IOException {
    assertThat(rollback(harbour.ada, OverriddenGates.NONE).state()).isEqualTo(State.WAITING);
    assertThat(rollback(harbour.ada, APPROVALS).state()).isEqualTo(State.MOVED);
    againToTwo();

    var report = rollback(harbour.ada, OverriddenGates.NONE);

    assertThat(report.state()).isEqualTo(State.WAITING);
    assertThat(report.diagnostics().all())
        .extracting(Diagnostic::message)
        .anyMatch(message -> message.contains("the override by ada was for another move"));
  }

  @Test
  void oneMayOverrideWhatAnotherMovesAndNoLaterMove() throws IOException {
    allow();
    assertThat(rollback(harbour.ci, OverriddenGates.NONE).state()).isEqualTo(State.MOVED);
    againToTwo();
    assertThat(rollback(harbour.ci, OverriddenGates.NONE).state()).isEqualTo(State.WAITING);
    allow();
    assertThat(rollback(harbour.ci, OverriddenGates.NONE).state()).isEqualTo(State.MOVED);
  }

  /** As {@code fairway evidence add} does; the channel's commit is filled in. */
  private void allow() {
    var details = instance.objectNode().put("reason", "nodes do not boot");
    details.putArray("gates").add(Gate.APPROVALS.keyword());
    var wish =
        new EvidenceWish(
            "stable",
            Optional.of(one.digest().hex()),
            EvidenceKind.OVERRIDE,
            Result.passed,
            details);
    try (var repository = harbour.open()) {
      var acts = new EvidenceActs(repository, InstantSource.fixed(harbour.now));
      assertThat(acts.add(wish, harbour.ada, false).diagnostics().all()).isEmpty();
    }
  }

  private void againToTwo() {
    harbour.pass(Duration.ofMinutes(1));
    harbour.attest("health", "alpha", two, harbour.ci, Harbour.healthy("healthy"));
    try (var repository = harbour.open()) {
      Harbour.mustMove(
          State.MOVED,
          harbour
              .acts(repository, harbour.ci)
              .promote("stable", Optional.of(two.digest().hex()), false));
    }
    harbour.pass(Duration.ofMinutes(1));
  }

  private ActReport rollback(SigningKey key, OverriddenGates override) {
    try (var repository = harbour.open()) {
      return harbour
          .acts(repository, key)
          .rollback("stable", one.digest().hex(), override, false)
          .value()
          .orElseThrow();
    }
  }
}
