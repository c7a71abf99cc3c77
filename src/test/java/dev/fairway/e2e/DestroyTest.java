package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.Compiled;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.model.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a cluster goes as a whole, and nothing that is not its own with it. */
@Order(2)
@Tag("e2e")
@Item(1)
class DestroyTest {
  private static final Path LOGS = Path.of("target/e2e/destroy");
  private static final List<String> STEPS =
      List.of(
          "access",
          "volumes",
          "controllers",
          "pools",
          "control-plane",
          "leftovers",
          "etcd",
          "foundation",
          "network");

  private static final String VOLUME = "AWS::EC2::Volume";

  @BeforeAll
  static void tell(Evidence evidence) {
    evidence.engine("ministack 1.5.33");
  }

  @Test
  void nothingIsLeftButWhatPolicyRetainsAndWhatIsOfOthers() {
    var cluster = cluster("e2e");
    try (var engine = deployed(cluster)) {
      var made = new MadeByControllers(engine.clients(), cluster);
      made.make();
      var held = retainedBy(engine, cluster);

      var refused = destroy(engine, "unknown", "--confirm", "e2e");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out()).contains("FW7306", made.volume(), made.untaggedVolume());
      assertThat(stacks(engine, cluster)).hasSize(8);

      var decided = List.of("--unknown-volumes", "delete");
      var planned = destroy(engine, "plan", decided, "--plan").succeeded().json();
      assertThat(stacks(engine, cluster)).hasSize(8);

      var destroyed = destroy(engine, "first", decided, "--confirm", "e2e").succeeded().json();
      assertThat(stacks(engine, cluster)).isEmpty();
      assertThat(changes(planned)).isSubsetOf(changes(destroyed));
      made.requireGone();
      made.requireForeignThere();
      held.add(VOLUME + " " + made.retainedVolume());
      assertThat(retained(destroyed)).isEqualTo(held).isEqualTo(retained(planned));

      var again = destroy(engine, "again", "--confirm", "e2e").succeeded().json();
      assertThat(again.path("changed").asBoolean()).isFalse();
      assertThat(retained(again)).isEqualTo(held);
    }
  }

  /** Each run goes on where the one before it was killed, and gets as far as the next step. */
  @Test
  void killedAtEveryStepItIsFinishedByTheNextRun() {
    var cluster = cluster("e2e");
    try (var engine = deployed(cluster)) {
      var made = new MadeByControllers(engine.clients(), cluster);
      made.make();
      var held = retainedBy(engine, cluster);
      held.add(VOLUME + " " + made.retainedVolume());
      var arguments = List.of("--confirm", "e2e", "--unknown-volumes", "delete");
      for (var step : STEPS) {
        try (var process = start(engine, "e2e", "killed-in-" + step, arguments)) {
          Eventually.holds(
              step + " is reached",
              Duration.ofMinutes(3),
              () -> !process.isRunning() || process.progress().contains(step + ": started"));
          process.kill();
          assertThat(process.progress()).contains(step + ": started");
          assertThat(process.isKilled()).as("dies in " + step).isTrue();
        }
      }

      var finished = destroy(engine, "finished", "--confirm", "e2e").succeeded().json();

      assertThat(stacks(engine, cluster)).isEmpty();
      assertThat(retained(finished)).isEqualTo(held);
      made.requireGone();
      made.requireForeignThere();
    }
  }

  @Test
  void aProtectedClusterIsRefused() {
    var cluster = cluster("shop");
    try (var engine = CloudFormationEngine.ministack("destroy-shop", cluster.id())) {
      engine.prepare(cluster);
      var stacks = List.of("shop-network", "shop-foundation");
      var deployed = engine.cdk().deploy("first", Assemblies.folder("shop"), stacks);
      assertThat(deployed.exitCode()).as(deployed.output()).isZero();

      var refused = destroyIn(engine, "shop", "protected", List.of("--confirm", "shop"));

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out()).contains("FW7302", "shop-network", "shop-foundation");
      assertThat(stacks(engine, cluster)).containsExactlyInAnyOrderElementsOf(stacks);
    }
  }

  @Test
  void aWrongNameTouchesNothing() {
    var cluster = cluster("playground");
    try (var engine = CloudFormationEngine.ministack("destroy-name", cluster.id())) {
      var refused = destroyIn(engine, "playground", "name", List.of("--confirm", "shop"));

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out()).contains("FW7301");
    }
  }

  private static Cluster cluster(String alias) {
    return Compiled.fleet().find(alias).orElseThrow().cluster();
  }

  private static CloudFormationEngine deployed(Cluster cluster) {
    var engine = CloudFormationEngine.ministack("destroy", cluster.id());
    engine.prepare(cluster);
    var deployed = engine.cdk().deploy("first", Assemblies.folder(cluster.alias()), List.of());
    assertThat(deployed.exitCode()).as(deployed.output()).isZero();
    engine.fillSecrets(cluster.localId() + "-foundation");
    return engine;
  }

  private static FairwayProcess.Ended destroy(
      CloudFormationEngine engine, String log, String... arguments) {
    return destroyIn(engine, "e2e", log, List.of(arguments));
  }

  private static FairwayProcess.Ended destroy(
      CloudFormationEngine engine, String log, List<String> first, String... more) {
    var arguments = new ArrayList<>(first);
    arguments.addAll(List.of(more));
    return destroyIn(engine, "e2e", log, arguments);
  }

  private static FairwayProcess.Ended destroyIn(
      CloudFormationEngine engine, String alias, String log, List<String> more) {
    return start(engine, alias, log, more).await();
  }

  private static FairwayProcess start(
      CloudFormationEngine engine, String alias, String log, List<String> more) {
    var arguments = new ArrayList<>(List.of("destroy", alias, "--output", "json"));
    arguments.addAll(more);
    return FairwayProcess.start(engine.environment(), LOGS.resolve(alias + "-" + log), arguments);
  }

  private static Set<String> stacks(CloudFormationEngine engine, Cluster cluster) {
    return engine.clients().cloudFormation().describeStacksPaginator().stacks().stream()
        .map(stack -> stack.stackName())
        .filter(name -> name.startsWith(cluster.localId() + "-"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the templates say is kept, by the ids that the engine gave it. */
  private static Set<String> retainedBy(CloudFormationEngine engine, Cluster cluster) {
    var types = Set.of(VOLUME, "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SecretsManager::Secret");
    return stacks(engine, cluster).stream()
        .flatMap(stack -> engine.clients().resources(stack).stream())
        .filter(resource -> types.contains(resource.resourceType()))
        .map(resource -> resource.resourceType() + " " + resource.physicalResourceId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> retained(JsonNode report) {
    return elements(report.path("retained"))
        .map(kept -> kept.path("type").asText() + " " + kept.path("id").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> changes(JsonNode report) {
    return elements(report.path("steps"))
        .flatMap(step -> elements(step.path("changes")))
        .map(change -> change.path("kind").asText() + " " + change.path("name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
