package dev.fairway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.e2e.HollowKubelets.Readiness;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.release.Folders;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prometheus' own programs accept the configuration and the rules of a linked cluster, the rules
 * say what they are meant to, and a real Prometheus with the rights of its service account finds
 * and asks what a real control plane has.
 */
@Tag("e2e")
@Item(8)
final class MonitoringTest {
  private static final Path FOLDER = Path.of("target/e2e/monitoring").toAbsolutePath();
  private static final Path TESTS = Path.of("src/test/resources/e2e/monitoring");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RULES = ".rules.yml";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ControlPlane controlPlane;
  private static HollowKubelets kubelets;
  private static PrometheusHere here;

  @BeforeAll
  static void start() throws IOException {
    controlPlane = ControlPlane.start(Assemblies.folder("e2e"), "monitoring-cluster");
    kubelets = HollowKubelets.start(controlPlane, Readiness.PLAYED);
    var client = controlPlane.admin();
    kubelets.register(List.of(node("control-plane"), node(pool())));
    Manifests.apply(client, Manifests.of(Assemblies.of("e2e")));
    var ports = controlPlane.place().ports();
    Folders.delete(FOLDER);
    here =
        new PrometheusHere(
            FOLDER,
            new TreeMap<>(
                Map.of(
                    "kube-apiserver", "127.0.0.1:" + ports.apiServer(),
                    "kube-controller-manager", "127.0.0.1:" + ports.controllerManager(),
                    "kube-scheduler", "127.0.0.1:" + ports.scheduler())));
    here.write(controlPlane.place(), token(client));
  }

  @AfterAll
  static void stop() {
    kubelets.close();
    controlPlane.close();
  }

  @Test
  void promtoolAcceptsConfigurationAndRules(Evidence evidence) throws Exception {
    var config = here.at(PrometheusHere.CONFIG).resolve("prometheus.yml");
    var said = promtool("check", "config", "--lint=all", "--lint-fatal", config.toString());
    evidence.engine("promtool 3.14").text("promtool check config", said.text());

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("SUCCESS: " + config + " is valid");
  }

  @Test
  void everyAlertAndEveryRecordedSeriesHasATestThatPasses(Evidence evidence) throws Exception {
    var folder = here.at(PrometheusHere.CONFIG);
    var tests = new ArrayList<String>();
    var text = new StringBuilder();
    for (var rules : rules()) {
      var test = folder.resolve(rules.replace(RULES, ".test.yml"));
      Files.copy(TESTS.resolve(test.getFileName()), test);
      tests.add(test.toString());
      text.append(Files.readString(test));
    }
    var arguments = new ArrayList<>(List.of("test", "rules"));
    arguments.addAll(tests);
    var said = promtool(arguments.toArray(String[]::new));
    evidence.engine("promtool 3.14").text("promtool test rules", said.text());

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(named()).isNotEmpty().allSatisfy(name -> assertThat(text.toString()).contains(name));
  }

  @Test
  void aRealPrometheusFindsAndAsksTheControlPlane(Evidence evidence) throws Exception {
    var port = FreePort.next();
    try (var prometheus =
        EngineProcess.start("prometheus", here.arguments(port), FOLDER.resolve("prometheus.log"))) {
      var api = "http://127.0.0.1:" + port;
      Eventually.holds(
          "the control plane answers Prometheus",
          PATIENCE,
          () -> {
            prometheus.requireAlive();
            return jobs(api, "up")
                .containsAll(
                    List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler"));
          });
      Eventually.holds(
          "every job has a target", PATIENCE, () -> pools(api).containsAll(declaredJobs()));
      Eventually.holds("rules are judged", PATIENCE, () -> judged(api));
      hand(evidence, api);

      assertThat(pools(api)).isEqualTo(declaredJobs());
      assertThat(problems(api)).isEmpty();
      assertThat(ask(api, "query?query=prometheus_config_last_reload_successful").toString())
          .doesNotContain("\"0\"");
      assertThat(prometheus.log().lines().filter(line -> line.contains("level=ERROR"))).isEmpty();
    }
  }

  private static void hand(Evidence evidence, String api) throws Exception {
    var rows = new ArrayList<List<String>>();
    for (var target : ask(api, "targets?state=active").at("/data/activeTargets")) {
      rows.add(
          List.of(
              target.path("scrapePool").asText(),
              target.path("scrapeUrl").asText(),
              target.path("health").asText()));
    }
    evidence
        .engine("prometheus 3.14")
        .engine("kube-apiserver 1.36.2")
        .standIn("hollow kubelets", "have no metrics: their targets are found and do not answer")
        .standIn("etcd's relay", "does not run: its targets are listed and do not answer")
        .figure("targets", rows.size())
        .table("targets", List.of("job", "address", "health"), rows);
  }

  /** Of a healthy rule the last judgement went well. */
  private static boolean judged(String api) throws Exception {
    for (var group : ask(api, "rules").at("/data/groups")) {
      for (var rule : group.path("rules")) {
        if (!rule.path("health").asText().equals("ok")) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<String> problems(String api) throws Exception {
    var problems = new ArrayList<String>();
    for (var group : ask(api, "rules").at("/data/groups")) {
      for (var rule : group.path("rules")) {
        if (rule.has("lastError")) {
          problems.add(rule.path("name").asText() + ": " + rule.path("lastError").asText());
        }
      }
    }
    return problems;
  }

  private static SortedSet<String> pools(String api) throws Exception {
    var targets = ask(api, "targets?state=active").at("/data/activeTargets");
    return StreamSupport.stream(targets.spliterator(), false)
        .map(target -> target.path("scrapePool").asText())
        .collect(toCollection(TreeSet::new));
  }

  private static SortedSet<String> jobs(String api, String health) throws Exception {
    var targets = ask(api, "targets?state=active").at("/data/activeTargets");
    return StreamSupport.stream(targets.spliterator(), false)
        .filter(target -> target.path("health").asText().equals(health))
        .map(target -> target.at("/labels/job").asText())
        .collect(toCollection(TreeSet::new));
  }

  private static SortedSet<String> declaredJobs() {
    return lines("prometheus.yml", "  - job_name: ");
  }

  /** The names of alerts and of recorded series. */
  private static SortedSet<String> named() {
    var names = new TreeSet<String>();
    for (var rules : rules()) {
      names.addAll(lines(rules, "      - alert: "));
      names.addAll(lines(rules, "      - record: "));
    }
    return names;
  }

  private static SortedSet<String> lines(String file, String beginning) {
    return PrometheusHere.files()
        .getOrDefault(file, "")
        .lines()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .collect(toCollection(TreeSet::new));
  }

  private static List<String> rules() {
    return PrometheusHere.files().keySet().stream().filter(name -> name.endsWith(RULES)).toList();
  }

  private static JsonNode ask(String api, String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(api + "/api/v1/" + path)).build();
    try (var http = HttpClient.newHttpClient()) {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
  }

  /** What a program said, and its exit code. */
  private record Said(int code, String text) {}

  private static Said promtool(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(Engines.path("promtool").toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), text);
  }

  private static String token(KubernetesClient client) {
    return client
        .serviceAccounts()
        .inNamespace("kube-system")
        .withName("prometheus")
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
        .getStatus()
        .getToken();
  }

  private static HollowNode node(String stack) {
    return HollowNode.of(Assemblies.of("e2e"), Assemblies.folder("e2e"), stack, 0);
  }

  /** A pool without taints of its own. */
  private static String pool() {
    return Assemblies.of("e2e").stacks().stream()
        .map(stack -> stack.name())
        .filter(name -> name.matches("pool-.*-[a-z]+-[a-z]+-[0-9][a-z]"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no pool of workers"));
  }
}
