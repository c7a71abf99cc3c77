package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a cluster whose API lives is emptied through it, before its stacks go. */
@Tag("e2e")
@Item(1)
class DestroyInsideTest {
  @BeforeAll
  static void tell(Evidence evidence) {
    evidence.engine("ministack 1.5.33");
  }

  @Test
  void controllersCleanUpBeforeTheirClusterGoes() throws Exception {
    var cluster = Compiled.fleet().find("e2e").orElseThrow().cluster();
    var folder = Assemblies.folder("e2e");
    try (var engine = CloudFormationEngine.ministack("destroy-inside", cluster.id());
        var controlPlane = ControlPlane.start(folder, "destroy-inside")) {
      engine.prepare(cluster);
      var deployed = engine.cdk().deploy("first", folder, List.of());
      assertThat(deployed.exitCode()).as(deployed.output()).isZero();
      var made = new MadeByControllers(engine.clients(), cluster);
      made.make();
      var inside = new Inhabitants(controlPlane.admin(), made);
      inside.settle();

      try (var _ = inside.controllers()) {
        var ended = destroy(engine, controlPlane).succeeded();

        assertThat(ended.err())
            .contains("Service/shop/web deleted", "Ingress/shop/web deleted")
            .contains("PersistentVolumeClaim/shop/data deleted")
            .contains("PersistentVolume/data deleted");
        assertThat(ended.out()).doesNotContain("FW7307", "FW7309");
        assertThat(ended.out()).contains(made.retainedVolume(), made.untaggedVolume());
      }
      inside.requireEmpty();
      inside.requireKept();
      made.requireGone();
      made.requireForeignThere();
    }
  }

  private static FairwayProcess.Ended destroy(
      CloudFormationEngine engine, ControlPlane controlPlane) {
    var environment = new TreeMap<>(engine.environment());
    environment.put("KUBECONFIG", controlPlane.kubeconfig().toString());
    var arguments =
        new ArrayList<>(List.of("destroy", "e2e", "--output", "json", "--confirm", "e2e"));
    return FairwayProcess.start(environment, Path.of("target/e2e/destroy/inside"), arguments)
        .await();
  }
}
