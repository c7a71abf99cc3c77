package dev.fairway.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.source.FleetReader;
import dev.fairway.source.SourceFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files of a node that a setting decides about, by the one that has some: the token webhook. */
class OptionalNodeFilesTest {
  private static final String API_SERVER = "/etc/kubernetes/manifests/kube-apiserver.yaml";
  private static final String FLAG = "--authentication-token-webhook-config-file=";
  private static final Map<String, String> ALL =
      Map.of(
          "token_webhook_image", "registry.example.org/token-webhook:1",
          "token_webhook_issuer", "https://login.example.org/",
          "token_webhook_audience", "kubernetes-api",
          "token_webhook_verification_url", "https://login.example.org/keys",
          "token_webhook_roles_url", "https://roles.example.org/users/{user}/roles");

  @Test
  void withoutItsSettingsNothingIsLeftBehind() throws IOException {
    var files = files(linked(Map.of()));

    assertThat(files.keySet()).noneMatch(path -> path.contains("token-webhook"));
    assertThat(files.get(API_SERVER)).doesNotContain("webhook");
    assertThat(linked(Map.of()).manifests()).doesNotContainKey("manifests/token-webhook.yaml");
  }

  @Test
  void withThemItIsThereAndTheApiServerIsTold() throws IOException {
    var files = files(linked(ALL));

    assertThat(files.get(API_SERVER))
        .contains(FLAG + "/etc/kubernetes/token-webhook.kubeconfig")
        .contains("--authentication-token-webhook-version=v1")
        .contains("--authentication-config=");
    assertThat(files.get("/etc/kubernetes/manifests/token-webhook.yaml"))
        .contains("\"registry.example.org/token-webhook:1\"");
    assertThat(files.get("/etc/kubernetes/token-webhook.json"))
        .contains("\"https://roles.example.org/users/{user}/roles\"", "\"CI\": \"CI\"")
        .doesNotContain("⟦");
  }

  /** A production cluster that says nothing must not have it. */
  @Test
  void nobodyWorksByHandUnlessTheClusterSaysSo() throws IOException {
    var path = "/etc/kubernetes/token-webhook.json";
    var items = new TreeMap<>(ALL);
    items.put("token_webhook_groups", "PowerUser=PowerUser");

    assertThat(files(linked(ALL)).get(path)).contains("ReadOnly").doesNotContain("PowerUser");
    assertThat(files(linked(items)).get(path)).contains("\"PowerUser\": \"PowerUser\"");
  }

  @Test
  void switchedOffItIsOffWhateverElseIsGiven() throws IOException {
    var items = new TreeMap<>(ALL);
    items.put("token_webhook_enabled", "false");

    assertThat(files(linked(items))).isEqualTo(files(linked(Map.of())));
  }

  @Test
  void halfOfItsSettingsAreAMistake() throws IOException {
    var items = new TreeMap<>(ALL);
    items.remove("token_webhook_audience");

    assertThat(link(items).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsOnly(Code.INCOMPLETE_COMPONENT);
  }

  @Test
  void noRoleIsAGroupOfKubernetesOwn() throws IOException {
    var items = new TreeMap<>(ALL);
    items.put("token_webhook_groups", "Boss=system:masters");

    assertThat(link(items).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsOnly(Code.ILL_TYPED_SETTING);
  }

  private static Assembly linked(Map<String, String> items) throws IOException {
    var linked = link(items);
    return linked.value().orElseThrow(() -> new AssertionError(linked.diagnostics()));
  }

  private static Outcome<Assembly> link(Map<String, String> items) throws IOException {
    var lines = new StringBuilder("\nconfig_items:");
    items.forEach((key, value) -> lines.append("\n  %s: \"%s\"".formatted(key, value)));
    var text =
        Files.readString(Path.of("clusters/e2e.yaml")).replace("\nconfig_items:", lines.toString());
    var read =
        FleetReader.read(List.of(new SourceFile("clusters/e2e.yaml", text)), Compiled.facts());
    var source = read.value().orElseThrow().clusters().getFirst();
    return new Linker(Compiled.linkable()).link(source);
  }

  /** Contents by path; a path that stands twice fails. */
  private static SortedMap<String, String> files(Assembly assembly) {
    var config = AssemblyText.json(assembly, "nodes/control-plane.ign");
    var contents = new LinkedHashMap<String, String>();
    var paths = new ArrayList<String>();
    for (var file : config.at("/storage/files")) {
      var path = file.path("path").asText();
      paths.add(path);
      assertThat(file.has("when")).isFalse();
      contents.put(
          path,
          URLDecoder.decode(
              file.at("/contents/source").asText().replaceFirst("^data:,", ""),
              StandardCharsets.UTF_8));
    }
    assertThat(paths).doesNotHaveDuplicates();
    return new TreeMap<>(contents);
  }
}
