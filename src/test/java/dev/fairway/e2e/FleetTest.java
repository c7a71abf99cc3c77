package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import java.util.function.Consumer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clusters of the example fleet that are made another way than {@link DeployTest}'s. */
@Order(2)
@Tag("e2e")
@Item(1)
final class FleetTest {
  /** In a VPC that was there before, in another account and region, for production. */
  @Test
  void aClusterInABroughtVpc(Evidence evidence) {
    deploy("payments", World::bringVpc, evidence);
  }

  /** Whose API has no public address, with pools of four profiles. */
  @Test
  void aClusterWithAnInternalApi(Evidence evidence) {
    deploy("data", _ -> {}, evidence);
  }

  private static void deploy(String alias, Consumer<World> before, Evidence evidence) {
    World.tellEngines(evidence);
    try (var world = World.of(alias, alias)) {
      before.accept(world);
      assertThat(world.deploy().code()).as("it stops at its empty secrets").isEqualTo(1);
      world.aws().fillSecrets(alias + "-foundation");
      var ended = world.deploy().succeeded();
      evidence.figure("stacks", world.assembly().stacks().size()).text("what it told", ended.err());
      DeployTest.resourcesEqualTemplates(world, evidence);
      assertThat(Told.by(world.deploy().succeeded()).isChanged()).isFalse();
    }
  }
}
