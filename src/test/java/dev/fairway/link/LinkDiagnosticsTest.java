package dev.fairway.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.Compiled;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.source.FleetReader;
import dev.fairway.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each mistake that only linking can see, where its writer finds it. */
class LinkDiagnosticsTest {
  private static final String ITEMS = "config_items:\n  #";

  @Test
  void aSettingThatNothingUses() throws IOException {
    var found = only(edited(ITEMS, "config_items:\n  coredns_replica: \"4\"\n  #"));

    assertThat(found.code()).isEqualTo(Code.UNKNOWN_SETTING);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:32:3]");
    assertThat(found.remedy()).contains("coredns_replicas");
  }

  @Test
  void aSettingOfTheWrongType() throws IOException {
    var found = only(edited(ITEMS, "config_items:\n  coredns_replicas: many\n  #"));

    assertThat(found.code()).isEqualTo(Code.ILL_TYPED_SETTING);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:32:3]");
    assertThat(found.message()).contains("\"many\"");
    assertThat(found.remedy()).contains("a whole number from", "the default is 3");
  }

  @Test
  void aSettingOfTheClusterInAPool() throws IOException {
    var found =
        only(
            edited(
                "max_size: 120\n    config_items: {}",
                "max_size: 120\n    config_items:\n      coredns_replicas: \"4\""));

    assertThat(found.code()).isEqualTo(Code.MISPLACED_SETTING);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:45:7]");
    assertThat(found.remedy()).contains("node_labels").doesNotContain("coredns_memory");
  }

  @Test
  void aSettingWithoutAValue() throws IOException {
    var found = only(edited("  kubernetes_sysext_hash:", "  nvidia_runtime_sysext_hash:"));

    assertThat(found.code()).isEqualTo(Code.MISSING_SYMBOL);
    assertThat(found.message()).contains("kubernetes_sysext_hash");
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:2:5]");
  }

  @Test
  void aSettingThatOnceDidSomething() throws IOException {
    var defunct = new TreeMap<>(Compiled.release().manifest().defunct());
    defunct.put("colour", "delete it: clusters have no colour any more");
    var source = edited(ITEMS, "config_items:\n  colour: red\n  #");

    var linked = link(source, with(Compiled.release(), defunct));

    assertThat(linked.value()).isPresent();
    assertThat(linked.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.code()).isEqualTo(Code.DEFUNCT_SETTING);
          assertThat(found.isError()).isFalse();
          assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:32:3]");
          assertThat(found.remedy()).isEqualTo("delete it: clusters have no colour any more");
        });
  }

  private static Release with(Release release, SortedMap<String, String> defunct) {
    var manifest = release.manifest();
    return new Release(
        new ReleaseManifest(
            manifest.kubernetes(),
            manifest.files(),
            manifest.components(),
            manifest.order(),
            manifest.profiles(),
            manifest.symbols(),
            defunct,
            manifest.slots(),
            manifest.templates()),
        release.files());
  }

  @Test
  void aVpcWithinThePodsRange() throws IOException {
    var found = only(edited("vpc_cidr: 172.23.0.0/16", "vpc_cidr: 10.3.0.0/16"));

    assertThat(found.code()).isEqualTo(Code.OVERLAPPING_ADDRESSES);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:28:11]");
    assertThat(found.message()).contains("10.3.0.0/16", "10.2.0.0/15");
  }

  @Test
  void aVpcThatHoldsTheServicesRange() throws IOException {
    assertThat(only(edited("vpc_cidr: 172.23.0.0/16", "vpc_cidr: 10.5.0.0/16")).code())
        .isEqualTo(Code.OVERLAPPING_ADDRESSES);
  }

  @Test
  void allMistakesOfAClusterAreFoundInOneRun() throws IOException {
    var source =
        edited(ITEMS, "config_items:\n  colour: red\n  flow_log_days: \"0\"\n  #")
            .replace("vpc_cidr: 172.23.0.0/16", "vpc_cidr: 10.3.0.0/16")
            .replace("  kubernetes_sysext_hash:", "  nvidia_runtime_sysext_hash:");

    assertThat(link(source, Compiled.release()).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactlyInAnyOrder(
            Code.UNKNOWN_SETTING,
            Code.ILL_TYPED_SETTING,
            Code.OVERLAPPING_ADDRESSES,
            Code.MISSING_SYMBOL);
  }

  private static Diagnostic only(String source) throws IOException {
    var linked = link(source, Compiled.release());
    assertThat(linked.value()).isEmpty();
    assertThat(linked.diagnostics().all()).as("%s", linked.diagnostics()).hasSize(1);
    return linked.diagnostics().all().getFirst();
  }

  private static String edited(String line, String replacement) throws IOException {
    var shop = Files.readString(Path.of("clusters/shop.yaml"));
    assertThat(shop).contains(line);
    return shop.replace(line, replacement);
  }

  private static Outcome<Assembly> link(String source, Release release) {
    var read =
        FleetReader.read(List.of(new SourceFile("clusters/shop.yaml", source)), Compiled.facts());
    assertThat(read.diagnostics().all()).isEmpty();
    return new Linker(Linkable.of(release)).link(read.value().orElseThrow().clusters().getFirst());
  }
}
