package dev.fairway.compiler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fairway.Compiled;
import dev.fairway.Snapshots;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolValue;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The release as reviewers read it. It asks for whatever a release holds, so a new component or
 * template brings its snapshot and touches no test.
 */
class ReleaseSnapshotTest {
  private final Release release = Compiled.release();

  @TestFactory
  Stream<DynamicTest> templates() {
    return files("templates/", "cloud");
  }

  @TestFactory
  Stream<DynamicTest> manifests() {
    return files("manifests/", "component");
  }

  @TestFactory
  Stream<DynamicTest> stackPolicies() {
    return files("policies/", "cloud/policy");
  }

  @TestFactory
  Stream<DynamicTest> nodeConfigs() throws IOException {
    var texts = NodeConfigText.of(release);
    return texts.entrySet().stream()
        .map(config ->
            dynamicTest(
                config.getKey(),
                () ->
                    Snapshots.assertMatches("node", config.getKey() + ".txt", config.getValue())));
  }

  @Test
  void symbols() {
    Snapshots.assertMatches(
        "release",
        "symbols.txt",
        release.manifest().symbols().values().stream()
            .map(ReleaseSnapshotTest::described)
            .collect(Collectors.joining("\n")));
  }

  @Test
  void inventory() {
    Snapshots.assertMatches("release", "inventory.json", text("inventory.json"));
  }

  /** The manifest without what says the same as another snapshot, and would change with each. */
  @Test
  void manifest() throws IOException {
    var json = CanonicalJson.TREES.readTree(release.manifestBytes());
    var brief = CanonicalJson.TREES.createObjectNode();
    for (var name :
        new String[] {"formatVersion", "kubernetesVersion", "components", "order", "defunct"}) {
      brief.set(name, json.required(name));
    }
    Snapshots.assertMatches("release", ReleaseManifest.FILE, CanonicalJson.text(brief));
  }

  private Stream<DynamicTest> files(String prefix, String kind) {
    return release.files().keySet().stream()
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()))
        .map(name ->
            dynamicTest(name, () -> Snapshots.assertMatches(kind, name, text(prefix + name))));
  }

  private String text(String path) {
    return new String(release.file(path), UTF_8);
  }

  private static String described(Symbol symbol) {
    return "%s (%s)%n  %s%n  takes %s%n%s"
        .formatted(
            symbol.name(),
            symbol.scope(),
            symbol.description(),
            symbol.type().expectation(),
            symbol.initial().map(SymbolValue::inline).map("  initially %s%n"::formatted).orElse(""))
        .replace(System.lineSeparator(), "\n");
  }
}
