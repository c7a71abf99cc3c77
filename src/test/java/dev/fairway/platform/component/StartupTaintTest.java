package dev.fairway.platform.component;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.model.Taint;
import dev.fairway.platform.component.node.NodeReadinessController;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every node starts with the taint, so all that could keep it there is asked here. */
class StartupTaintTest {
  private static final Component READINESS = new NodeReadinessController();
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aNodeWaitsForWhatAgentsOfEveryNodeServe() {
    var served =
        Components.all().stream()
            .flatMap(Program::of)
            .filter(Program::isOnHostNetwork)
            .filter(program -> program.owner() instanceof DaemonSet)
            .filter(program -> program.spec().getNodeSelector().isEmpty())
            .flatMap(program -> program.containers().stream())
            .flatMap(container -> container.getPorts().stream())
            .map(port -> port.getContainerPort())
            .collect(toSet());
    assertThat(awaited()).isNotEmpty().extracting(URI::getPort).isSubsetOf(served);
    assertThat(awaited()).extracting(URI::getHost).containsOnly("127.0.0.1");
  }

  /** Nothing is asked: the shell that runs it here would find nobody, and wait for ever. */
  @Test
  void whatIsSwitchedOffIsNotWaitedFor() throws IOException, InterruptedException {
    var off = command().stream().map(word -> word.replaceFirst("⟦.*⟧=", "false=")).toList();
    var shell = new ProcessBuilder(off).inheritIO().start();
    try {
      assertThat(shell.waitFor(20, SECONDS)).isTrue();
      assertThat(shell.exitValue()).isZero();
    } finally {
      shell.destroyForcibly();
    }
  }

  @Test
  void theRuleIsForTheTaintThatKubeletsRegister() {
    var taint = rule().path("spec").path("taint");
    assertThat(
            new Taint(
                taint.path("key").asText(),
                taint.path("value").asText(),
                taint.path("effect").asText()))
        .isEqualTo(Taint.STARTUP);
    assertThat(Taint.STARTUP.key()).startsWith("readiness.k8s.io/");
  }

  @Test
  void theRuleAsksForTheConditionThatReportersWrite() {
    var reporter = program(DaemonSet.class).spec().getContainers().getFirst();
    assertThat(reporter.getEnv())
        .filteredOn(variable -> variable.getName().equals("CONDITION_TYPE"))
        .extracting(variable -> variable.getValue())
        .containsExactly(rule().at("/spec/conditions/0/type").asText());
  }

  /** The schema drops what it does not know, and a rule without a part would do something else. */
  @Test
  void theSchemaKnowsEveryPartOfTheRule() {
    var schema =
        tree(object("CustomResourceDefinition"))
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    assertThat(unknown(rule().path("spec"), schema)).isEmpty();
  }

  @Test
  void theControllerDoesNotWaitForItself() {
    assertThat(program(Deployment.class).spec().getTolerations())
        .contains(Tolerations.STARTUP, Tolerations.CONTROL_PLANE);
  }

  @Test
  void aReporterSpeaksForItsOwnNodeOnly() {
    var reporter = (ClusterRole) objectNamed("ClusterRole", "node-readiness-reporter");
    assertThat(reporter.getRules())
        .flatExtracting(rule -> rule.getVerbs())
        .allMatch(verb -> verb.startsWith("impersonate") && verb.contains(":associated-node"));
  }

  private static List<URI> awaited() {
    return command().stream()
        .filter(word -> word.startsWith("⟦"))
        .map(word -> URI.create(word.substring(word.indexOf('=') + 1)))
        .toList();
  }

  private static List<String> command() {
    return program(DaemonSet.class).spec().getInitContainers().getFirst().getCommand();
  }

  /** Names in the value that the schema has not, each by its path. */
  private static Set<String> unknown(JsonNode value, JsonNode schema) {
    var unknown = new HashSet<String>();
    value
        .properties()
        .forEach(entry -> {
          var inner = schema.path("properties").path(entry.getKey());
          var free = schema.has("additionalProperties");
          if (inner.isMissingNode() && !free) {
            unknown.add(entry.getKey());
          }
          unknown.addAll(unknown(entry.getValue(), inner));
        });
    value
        .elements()
        .forEachRemaining(element -> {
          if (value.isArray()) {
            unknown.addAll(unknown(element, schema.path("items")));
          }
        });
    return unknown;
  }

  private static JsonNode rule() {
    return tree(object("NodeReadinessRule"));
  }

  private static JsonNode tree(HasMetadata object) {
    return JSON.valueToTree(object);
  }

  private static Program program(Class<? extends HasMetadata> type) {
    return Program.of(READINESS)
        .filter(program -> type.isInstance(program.owner()))
        .findFirst()
        .orElseThrow();
  }

  private static HasMetadata object(String kind) {
    return READINESS.objects().stream()
        .filter(object -> object.getKind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static HasMetadata objectNamed(String kind, String name) {
    return READINESS.objects().stream()
        .filter(object -> object.getKind().equals(kind))
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
