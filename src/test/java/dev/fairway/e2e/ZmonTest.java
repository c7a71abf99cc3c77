package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** ZMON on a real API server: its objects, and its four checks as its worker may run them. */
@Tag("e2e")
@Item(8)
final class ZmonTest {
  private static final Path FOLDER = Path.of("target/e2e/zmon-checks").toAbsolutePath();

  private static final Map<String, String> SETTINGS =
      Map.of(
          "zmon_agent_image", "registry.example.org/zmon/zmon-agent-core:0.5",
          "zmon_aws_agent_image", "registry.example.org/zmon/zmon-aws-agent:133",
          "zmon_scheduler_image", "registry.example.org/zmon/zmon-scheduler:43",
          "zmon_worker_image", "registry.example.org/zmon/zmon-worker:202",
          "zmon_data_service_url", "https://data-service.zmon.example.org",
          "zmon_access_token_url", "https://token.example.org/oauth2/access_token?realm=/services",
          "zmon_credentials_secret", "zmon-credentials");

  private static ControlPlane controlPlane;
  private static KubernetesClient admin;

  @BeforeAll
  static void start() throws IOException {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "zmon");
    admin = controlPlane.admin();
    Manifests.apply(admin, Manifests.of(ChangedRecord.of("e2e").with(SETTINGS).assembly(), "zmon"));
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve("ca.crt"), TestPki.authority());
    Files.writeString(FOLDER.resolve("token"), controlPlane.token("zmon-worker"));
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
  }

  @Test
  void itStandsThereOnceItsSettingsAreGivenAndLeavesNothingUntilThen(Evidence evidence) {
    var on = ChangedRecord.of("e2e").with(SETTINGS).assembly();
    var off = Assemblies.of("e2e");

    var objects = Manifests.of(on, "zmon");
    evidence.engine("kube-apiserver 1.36.2").figure("objects of ZMON", objects.size());
    assertThat(objects.stream().map(HasMetadata::getKind))
        .contains("Deployment", "Service", "NetworkPolicy", "ConfigMap");
    assertThat(off.manifests()).doesNotContainKey("manifests/zmon.yaml");
    assertThat(text(on.file("parameters.json").orElseThrow()))
        .contains("\"SettingZmonEnabled\": \"true\"");
    assertThat(text(off.file("parameters.json").orElseThrow()))
        .contains("\"SettingZmonEnabled\": \"false\"");
  }

  @Test
  void nodesAreCounted(Evidence evidence) throws Exception {
    create(node("ready", "True", false), node("sick", "False", false), node("left", "True", true));

    var result = run("nodes", "", evidence);

    assertThat(result)
        .isEqualTo(json("{'nodes': 3, 'not_ready': 1, 'ready': 2, 'unschedulable': 1}"));
  }

  @Test
  void endpointsAreCountedForServicesThatSelectPods(Evidence evidence) throws Exception {
    create(
        "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: default},"
            + " spec: {selector: {app: web}, ports: [{port: 80}]}}",
        "{apiVersion: v1, kind: Service, metadata: {name: empty, namespace: default},"
            + " spec: {selector: {app: none}, ports: [{port: 80}]}}");
    for (var number = 1; number <= 2; number++) {
      create(
          "{apiVersion: v1, kind: Pod, metadata: {name: web-%d, namespace: default, labels: {app: web}}, spec: {nodeName: nowhere, containers: [{name: web, image: 'example.org/web:1'}]}}"
              .formatted(number));
      var address = "10.2.0." + number;
      var status =
          new PodStatusBuilder()
              .withPhase("Running")
              .withPodIP(address)
              .addNewPodIP(address)
              .addNewCondition()
              .withType("Ready")
              .withStatus("True")
              .endCondition()
              .build();
      var pod = admin.pods().inNamespace("default").withName("web-" + number).get();
      WrittenStatus.of(admin, pod, status);
    }

    Eventually.holds(
        "both endpoints are counted",
        Duration.ofSeconds(30),
        () -> run("service-endpoints", "", evidence).path("default/web").asInt() == 2);
    var result = run("service-endpoints", "", evidence);
    assertThat(result.path("default/empty").asInt(-1)).isZero();
    assertThat(result.has("default/kubernetes")).as("it selects no pods").isFalse();
    assertThat(result.path("kube-system/zmon-redis").asInt(-1)).isZero();
  }

  @Test
  void theApiServersRequestsAreMeasured(Evidence evidence) throws Exception {
    assertThat(run("api-server", "", evidence).path("latency").isNull()).as("no rate yet").isTrue();
    admin.pods().inAnyNamespace().list();

    var result = run("api-server", "", evidence);

    assertThat(result.path("requests_per_second").asDouble()).isPositive();
    assertThat(result.path("failures_per_second").asDouble()).isNotNegative();
    assertThat(result.path("latency").asDouble()).isBetween(0.000_001, 10.0);
  }

  /** Of two CPUs, which were idle for 90 of 2 times 60 seconds. */
  @Test
  void aNodesResourcesAreShares(Evidence evidence) throws Exception {
    assertThat(run("node-resources", exporter(100, 200), evidence).path("cpu").isNull()).isTrue();

    var result = run("node-resources", exporter(150, 240), evidence);

    assertThat(result).isEqualTo(json("{'cpu': 0.25, 'disk': {'/': 0.75}, 'memory': 0.5}"));
  }

  private static String exporter(int first, int second) {
    return """
    node_cpu_seconds_total{cpu="0",mode="idle"} %d
    node_cpu_seconds_total{cpu="1",mode="idle"} %d
    node_cpu_seconds_total{cpu="1",mode="user"} 77
    node_memory_MemTotal_bytes 8e+09
    node_memory_MemAvailable_bytes 4e+09
    node_filesystem_size_bytes{device="/dev/a",fstype="ext4",mountpoint="/"} 4e+10
    node_filesystem_avail_bytes{device="/dev/a",fstype="ext4",mountpoint="/"} 1e+10
    node_filesystem_size_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 1e+09
    """
        .formatted(first, second);
  }

  /** Runs the check's own command, as it stands in the cluster, by Python. */
  private static JsonNode run(String check, String exporter, Evidence evidence)
      throws IOException, InterruptedException {
    Files.writeString(FOLDER.resolve("exporter"), exporter);
    var process =
        new ProcessBuilder(
                Engines.path("cfn.python").toString(),
                "src/test/resources/e2e/zmon_worker.py",
                controlPlane.place().server(),
                FOLDER.resolve("ca.crt").toString(),
                Files.readString(FOLDER.resolve("token")),
                Files.createDirectories(FOLDER.resolve(check)).toString(),
                FOLDER.resolve("exporter").toString())
            .redirectErrorStream(true)
            .start();
    try (var in = process.getOutputStream()) {
      in.write(command(check).getBytes(StandardCharsets.UTF_8));
    }
    var said = text(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    evidence.text(check, said);
    return new ObjectMapper().readTree(said);
  }

  private static String command(String check) {
    var files = admin.configMaps().inNamespace("kube-system").withName("zmon-checks").get();
    Map<String, Object> definition =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(files.getData().get(check + ".yaml"));
    assertThat(definition).containsEntry("owning_team", "platform");
    return (String) Objects.requireNonNull(definition.get("command"));
  }

  private static String node(String name, String ready, boolean isCordoned) {
    return "{apiVersion: v1, kind: Node, metadata: {name: %s}, spec: {unschedulable: %s},"
            .formatted(name, isCordoned)
        + " status: {conditions: [{type: Ready, status: '%s'}]}}".formatted(ready);
  }

  private static void create(String... yamls) {
    for (var yaml : List.of(yamls)) {
      // After three dashes, or it would be read as JSON.
      Manifests.documents("--- " + yaml).forEach(object -> admin.resource(object).create());
    }
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
