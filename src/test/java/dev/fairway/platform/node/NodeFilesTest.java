package dev.fairway.platform.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import dev.fairway.model.Taint;
import dev.fairway.platform.node.NodeFile.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the files of a node say, as far as their format can be read here. */
class NodeFilesTest {

  private static final NodeConfig MASTER = Master.config();

  private static final NodeConfig WORKER =
      Worker.config(
          new Profile(
              "highio",
              "Nodes of a test",
              false,
              false,
              true,
              true,
              List.of("i4i.xlarge"),
              new TreeMap<>(),
              new TreeMap<>()));

  private static Stream<NodeFile> files() {
    return Stream.of(MASTER, WORKER, EtcdMember.config())
        .flatMap(config -> config.files().stream())
        .distinct();
  }

  private static Stream<NodeFile> scripts() {
    return files().filter(file -> file.path().startsWith("/opt/fairway/"));
  }

  private static Stream<NodeFile> yaml() {
    return files().filter(file -> file.format() == Format.YAML);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aScriptIsOneThatBashReads(NodeFile script) throws IOException, InterruptedException {
    var bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (var input = bash.getOutputStream()) {
      input.write(script.content().getBytes(StandardCharsets.UTF_8));
    }
    var complaints = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor()).as(complaints).isZero();
    assertThat(complaints).isEmpty();
  }

  /** Errors end it, in a pipe too, and whatever it calls without a default must be there. */
  @ParameterizedTest
  @MethodSource("scripts")
  void aScriptStopsAtItsFirstError(NodeFile script) {
    assertThat(script.mode()).isEqualTo(0755);
    assertThat(script.content())
        .startsWith("#!/bin/bash\n#")
        .containsAnyOf("\nset -euo pipefail\n", "\n. /opt/fairway/common\n");
    assertThat(Symbol.tokens(script.content()).find()).isFalse();
  }

  /** The linker writes a value as one quoted word: within quotes of ours it would end them. */
  @Test
  void aValueStandsAloneInAnEnvironmentFile() {
    assertThat(files().filter(file -> file.path().equals(Environment.PATH)))
        .hasSize(3)
        .flatMap(file -> file.content().lines().toList())
        .allMatch(line -> line.matches("[A-Z_]+=(⟦[a-z_.0-9]+⟧|[A-Za-z0-9._:/@,=+-]+)"));
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void aYamlFileIsOneDocumentOfItsKind(NodeFile file) {
    assertThat(read(file)).containsKeys("apiVersion", "kind");
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void aValueStandsInDoubleQuotes(NodeFile file) {
    assertThat(file.content().lines().filter(line -> Symbol.tokens(line).find()))
        .allMatch(line -> line.matches(".*\".*⟦.*⟧.*\""));
  }

  @Test
  void aWorkerRegistersWithTheTaintsOfItsPool() {
    assertThat(read(file(WORKER, KubeletConfiguration.PATH)))
        .containsEntry("registerWithTaints", Facts.POOL_TAINTS.whole());
  }

  @Test
  void aMasterStartsTaintedAndKeepsApplicationsAway() {
    assertThat(read(file(MASTER, KubeletConfiguration.PATH)).get("registerWithTaints"))
        .isEqualTo(
            List.of(
                Map.of(
                    "key", Taint.STARTUP.key(),
                    "value", Taint.STARTUP.value(),
                    "effect", Taint.STARTUP.effect()),
                Map.of(
                    "key", "node-role.kubernetes.io/control-plane",
                    "value", "",
                    "effect", "NoSchedule")));
  }

  /** What a pod sends to that port of another machine comes by here as well. */
  @Test
  void aMasterRedirectsItsOwnPortAndNoOther() {
    assertThat(file(MASTER, ApiRedirect.PATH).content())
        .contains("fib daddr type local tcp dport 8443 redirect to :6443\n");
    assertThat(MASTER.units())
        .filteredOn(unit -> unit.name().equals("redirect-api.service"))
        .singleElement()
        .satisfies(unit -> {
          assertThat(unit.enabled()).isTrue();
          assertThat(unit.contents().orElseThrow()).contains("nft --file " + ApiRedirect.PATH);
        });
  }

  @Test
  void asMuchIsReservedAsInTheReference() {
    for (var config : List.of(MASTER, WORKER)) {
      assertThat(read(file(config, KubeletConfiguration.PATH)))
          .containsEntry("systemReserved", Map.of("cpu", "100m", "memory", "164Mi"))
          .containsEntry("kubeReserved", Map.of("cpu", "100m", "memory", "282Mi"));
    }
  }

  @Test
  void theSystemWaitsForAsLongAsKubeletAsks() {
    for (var config : List.of(MASTER, WORKER)) {
      var delay =
          file(config, "/etc/systemd/logind.conf.d/50-fairway.conf")
              .content()
              .replaceFirst("(?s).*InhibitDelayMaxSec=([0-9]+)\n", "$1s");
      assertThat(read(file(config, KubeletConfiguration.PATH)))
          .containsEntry("shutdownGracePeriod", delay);
    }
  }

  /** Each has half of a node's addresses: 64 of 128. */
  @Test
  void podsFitIntoTheAddressesOfANode() {
    assertThat(KubeletConfiguration.maxPods()).isEqualTo(64);
  }

  private static NodeFile file(NodeConfig config, String path) {
    return config.files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> read(NodeFile file) {
    var settings = LoadSettings.builder().setLabel(file.path()).build();
    return (Map<String, Object>) new Load(settings).loadFromString(file.content());
  }
}
