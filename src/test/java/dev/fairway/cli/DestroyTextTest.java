package dev.fairway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.deploy.Change;
import dev.fairway.deploy.DestroyReport;
import dev.fairway.deploy.Run;
import dev.fairway.deploy.StepReport;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.source.RandomClusters;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What programs read of a destroy and of its plan. */
class DestroyTextTest {
  @Test
  void aPlanSaysWhetherSomethingWouldChange() {
    var gone = report(new Change("stack", "etcd", "deleted"));

    assertThat(DestroyText.json(gone, true).path("changed").asBoolean()).isTrue();
    assertThat(DestroyText.json(gone, false).path("changed").asBoolean()).isTrue();
    assertThat(DestroyText.json(report(), true).path("changed").asBoolean()).isFalse();
  }

  private static DestroyReport report(Change... changes) {
    var step = new StepReport("etcd", Duration.ZERO, true, List.of(changes));
    var cluster = RandomClusters.of(new Random(1), 1).id();
    return new DestroyReport(cluster, new Run(List.of(step), Diagnostics.NONE), List.of());
  }
}
