package dev.fairway.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.SymbolValue;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.source.ClusterSource;
import dev.fairway.source.Spans;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A component that needs two values which only a fleet knows. */
class NeedsTest {
  private static final Symbol SWITCH =
      Symbol.setting("app_enabled", new SymbolType.Bool(), "true", "Whether the app runs");
  private static final Symbol IMAGE = Image.setting("app_image", "The image of the app");
  private static final Symbol ISSUER =
      Symbol.setting(
          "app_issuer", new SymbolType.Text("(https://.*)?", "a URL"), "", "Who issues tokens");

  private static final ReleaseManifest MANIFEST = manifest();

  @Test
  void withNoneOfThemItIsOff() {
    var judged = judge(Map.of());

    assertThat(judged.found()).isEmpty();
    assertThat(judged.isOn()).isFalse();
  }

  @Test
  void withAllOfThemItIsOn() {
    var judged = judge(Map.of("app_image", "r.example/app:1", "app_issuer", "https://i.example"));

    assertThat(judged.found()).isEmpty();
    assertThat(judged.isOn()).isTrue();
  }

  @Test
  void withSomeOfThemTheOthersAreNamed() {
    assertThat(judge(Map.of("app_image", "r.example/app:1")).found())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.code()).isEqualTo(Code.INCOMPLETE_COMPONENT);
          assertThat(found.message())
              .isEqualTo("app is on and needs app_issuer, which has no value");
          assertThat(found.remedy()).contains("app_issuer", "a URL", "app_enabled");
        });
  }

  @Test
  void whoSwitchesItOnHearsOfAll() {
    assertThat(judge(Map.of("app_enabled", "true")).found())
        .extracting(Diagnostic::message)
        .containsExactly(
            "app is on and needs app_image, which has no value",
            "app is on and needs app_issuer, which has no value");
  }

  @Test
  void whoSwitchesItOffMayKeepSome() {
    var judged = judge(Map.of("app_enabled", "false", "app_image", "r.example/app:1"));

    assertThat(judged.found()).isEmpty();
    assertThat(judged.isOn()).isFalse();
  }

  private record Judged(List<Diagnostic> found, boolean isOn) {}

  private static Judged judge(Map<String, String> items) {
    var cluster = Compiled.fleet().find("e2e").orElseThrow().cluster();
    var source =
        new ClusterSource(
            SwitchedOffTest.with(cluster, new TreeMap<>(items)), Spans.none("e2e.yaml"));
    var diagnostics = new Diagnostics.Collector();
    var values = Values.of(source.at("id"), diagnostics);
    new Settings(MANIFEST).cluster(source.configItems(), values, diagnostics);
    new Needs(MANIFEST).judge(source, values, diagnostics);
    return new Judged(
        diagnostics.diagnostics().all(),
        values.get(SWITCH.name()).equals(new SymbolValue.Bool(true)));
  }

  private static ReleaseManifest manifest() {
    var release = Compiled.release().manifest();
    var symbols = new TreeMap<String, Symbol>();
    List.of(SWITCH, IMAGE, ISSUER).forEach(symbol -> symbols.put(symbol.name(), symbol));
    return new ReleaseManifest(
        release.kubernetes(),
        release.files(),
        List.of(
            new ComponentEntry(
                "app", Optional.of(SWITCH.name()), List.of(IMAGE.name(), ISSUER.name()))),
        List.of("app"),
        release.profiles(),
        symbols,
        release.defunct(),
        List.of(),
        release.templates());
  }
}
