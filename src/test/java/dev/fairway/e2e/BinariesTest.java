package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.e2e.Place.Ports;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Kubernetes' own programs know every flag and every field that Fairway gives them. */
@Tag("e2e")
@Item(6)
final class BinariesTest {
  static final List<String> PROGRAMS = StaticPod.PROGRAMS;
  private static final Path FOLDER = Path.of("target/e2e/binaries");
  private static ControlPlane controlPlane;

  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "binaries/control-plane");
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  @ParameterizedTest
  @FieldSource("PROGRAMS")
  void aStaticPodsFlagsStartTheProgram(String program, Evidence evidence) {
    var process = controlPlane.process(program);
    var arguments = process.handle().info().arguments().orElseThrow();
    evidence.engine(program + " 1.36.2").text("its command line", String.join("\n", arguments));

    process.requireAlive();
    // The table of rewritings is all that differs, and RewritingTest has an eye on the table.
    assertThat(arguments)
        .containsExactlyElementsOf(
            StaticPod.of(controlPlane.master(), program).arguments(controlPlane.place()));
    assertThat(process.log().lines().filter(Complaints::of)).isEmpty();
  }

  @Test
  void kubeletDecodesItsConfigurationStrictly(Evidence evidence) {
    var rows = new ArrayList<List<String>>();
    var complaints = new TreeMap<String, List<String>>();
    kubelets()
        .forEach((name, config) -> {
          var trial = KubeletTrial.of(config, FOLDER.resolve("kubelet").resolve(name));
          rows.add(List.of(name, trial.complaints().isEmpty() ? "strictly" : "leniently"));
          assertThat(trial.hasReadAll()).as(trial.log()).isTrue();
          if (!trial.complaints().isEmpty()) {
            complaints.put(name, trial.complaints());
          }
        });
    evidence.engine("kubelet 1.36.2").table("decoded", List.of("node config", "how"), rows);

    assertThat(rows).hasSizeGreaterThanOrEqualTo(7);
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/etc/kubernetes/kubelet.yaml, maxPods, maxPodz, unknown field",
        "/etc/kubernetes/kubelet.yaml, port: 10250, port: 102500, must be between 1 and 65535",
        "/etc/fairway/node.env, fairway.dev/role, kubernetes.io/role, unknown 'kubernetes.io'"
      })
  void kubeletTellsWhatItDoesNotKnow(String file, String right, String wrong, String told) {
    var node = NodeConfig.read(Assemblies.folder("e2e").resolve("nodes/pool-worker.ign"));
    var trial =
        KubeletTrial.of(
            replaced(node, file, right, wrong),
            FOLDER.resolve("kubelet/wrong-" + wrong.replaceAll("\\W", "")));

    assertThat(trial.complaints()).anyMatch(line -> line.contains(told));
  }

  @ParameterizedTest
  @CsvSource({
    "kube-apiserver, /etc/kubernetes/apiserver/admission.yaml, exemptions:, exemptionz:",
    "kube-apiserver, /etc/kubernetes/apiserver/audit-policy.yaml, omitStages:, omitStagez:",
    "kube-apiserver, /etc/kubernetes/apiserver/authentication.yaml, conditions:, conditionz:",
    "kube-apiserver, /etc/kubernetes/apiserver/authorization.yaml, authorizers:, authorizerz:",
    "kube-scheduler, /etc/kubernetes/scheduler.yaml, enableProfiling:, enableProfilingz:",
    "kube-apiserver, /etc/kubernetes/manifests/kube-apiserver.yaml, --event-ttl=, --event-ttlz=",
    "kube-controller-manager, /etc/kubernetes/manifests/kube-controller-manager.yaml,"
        + " --cluster-cidr=, --cluster-cidrz=",
    "kube-scheduler, /etc/kubernetes/manifests/kube-scheduler.yaml, --config=, --configz="
  })
  void aProgramTellsWhatItDoesNotKnow(String program, String file, String right, String wrong)
      throws IOException {
    var master = replaced(controlPlane.master(), file, right, wrong);
    var folder = FOLDER.resolve(program + "-" + wrong.replaceAll("\\W", "")).toAbsolutePath();
    var place = new Place(folder.resolve("master"), otherPorts());
    MasterFiles.write(master, place);
    MasterFiles.write(place.at(ClusterEgress.FILE), ClusterEgress.configuration(place));

    try (var process =
        EngineProcess.start(
            program, StaticPod.of(master, program).arguments(place), folder.resolve("log"))) {
      // An API server takes what it knows of an audit policy, and complains of the rest.
      Eventually.holds(
          program + " has read its files",
          Duration.ofSeconds(20),
          () -> !process.handle().isAlive() || process.log().lines().anyMatch(Complaints::of));
      assertThat(process.log().lines().filter(Complaints::of))
          .anyMatch(line -> line.contains(wrong.replaceAll("[-:=]+$|^--", "")));
    }
  }

  /** Of every configuration in the fleet that differs, one node config that has it. */
  private static SortedMap<String, NodeConfig> kubelets() {
    var names = new TreeMap<String, String>();
    var configs = new TreeMap<String, NodeConfig>();
    for (var cluster : Compiled.fleet().names()) {
      for (var stack : Assemblies.of(cluster).stacks()) {
        stack
            .nodeConfig()
            .ifPresent(path -> {
              var config = NodeConfig.read(Assemblies.folder(cluster).resolve(path));
              var text = config.files().getOrDefault("/etc/kubernetes/kubelet.yaml", "");
              var labels = config.files().getOrDefault("/etc/fairway/node.env", "");
              if (!text.isEmpty() && names.putIfAbsent(text + labels, path) == null) {
                configs.put(cluster + "-" + stack.template(), config);
              }
            });
      }
    }
    return configs;
  }

  private static NodeConfig replaced(NodeConfig node, String file, String right, String wrong) {
    assertThat(node.file(file)).contains(right);
    var files = new TreeMap<>(node.files());
    files.put(file, node.file(file).replace(right, wrong));
    return new NodeConfig(files, node.units());
  }

  /** The same etcd and way out. */
  private static Ports otherPorts() {
    var free = Ports.free();
    return new Ports(
        controlPlane.place().ports().etcd(),
        free.etcdPeer(),
        free.apiServer(),
        free.controllerManager(),
        free.scheduler(),
        controlPlane.place().ports().egress());
  }
}
