package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.e2e.FairwayProcess.Ended;
import dev.fairway.e2e.cloud.Finding;
import dev.fairway.e2e.cloud.ResourceComparison;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of one cluster, by Fairway's own commands: each test finds it as the one before left it.
 */
@Tag("e2e")
@Item(1)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DeployTest {
  private final World world = World.of("e2e", "e2e");

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  @Order(1)
  void aNewClusterStopsAtItsEmptySecrets() {
    var ended = world.deploy();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(messages(ended, "FW7001"))
        .hasSize(8)
        .contains("the secret fairway/e2e/kubernetes-ca has no version");
    assertThat(world.aws().clients().stack("e2e-foundation")).isPresent();
    assertThat(world.aws().clients().stack("e2e-etcd")).as("nothing boots").isEmpty();
  }

  @Test
  @Order(2)
  void withTheSecretsItComesToLife(Evidence evidence) {
    world.aws().fillSecrets("e2e-foundation");
    var ended = world.deploy().succeeded();
    evidence.figure("stacks", world.assembly().stacks().size());
    evidence.figure("first deploy", seconds(ended));
    evidence.text("what it did", ended.err());
    var findings = ResourceComparison.of(world.assembly(), world.aws().clients());
    assertThat(findings)
        .filteredOn(finding -> finding.kind() != Finding.Kind.EQUAL)
        .filteredOn(finding -> finding.kind() != Finding.Kind.NOT_ANSWERED)
        .isEmpty();
  }

  @Test
  @Order(3)
  void aSecondDeployChangesNothing(Evidence evidence) {
    var ended = world.deploy().succeeded();
    evidence.figure("a deploy with nothing to do", seconds(ended));
    assertThat(changes(ended)).isEmpty();
    assertThat(ended.json().path("changed").booleanValue()).isFalse();
  }

  @Test
  @Order(4)
  void aChangedSettingTouchesWhatItShould() {
    world.record(
        text -> text.replace("config_items:\n  #", "config_items:\n  coredns_memory: 1Gi\n  #"));
    var planned = world.deploy("--plan").succeeded();
    var ended = world.deploy().succeeded();
    assertThat(names(ended)).containsExactly("Deployment/kube-system/coredns");
    assertThat(names(planned)).isEqualTo(names(ended));
  }

  private static List<String> names(Ended ended) {
    return changes(ended).stream().map(change -> change.path("name").asText()).toList();
  }

  private static List<JsonNode> changes(Ended ended) {
    return list(ended.json().path("steps")).stream()
        .flatMap(step -> list(step.path("changes")).stream())
        .toList();
  }

  private static List<String> messages(Ended ended, String code) {
    return list(ended.json().path("diagnostics")).stream()
        .filter(diagnostic -> diagnostic.path("code").asText().equals(code))
        .map(diagnostic -> diagnostic.path("message").asText())
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static String seconds(Ended ended) {
    return "%.1f s".formatted(ended.took().toMillis() / 1000.0);
  }
}
