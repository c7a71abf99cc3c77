package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the engine of CloudFormation does what the tests of whole deploys take for granted. */
@Tag("e2e")
class EngineTest {

  @Test
  void aClusterIsDeployed() {
    var record = Compiled.fleet().find("e2e").orElseThrow().cluster();
    try (var engine = CloudFormationEngine.ministack("engine", record.id())) {
      engine.prepare(record);
      var deployed = engine.cdk().deploy("first", Assemblies.folder("e2e"), java.util.List.of());
      assertThat(deployed.exitCode()).as(deployed.output()).isZero();
      assertThat(engine.fillSecrets("e2e-foundation")).hasSize(8);
    }
  }
}
