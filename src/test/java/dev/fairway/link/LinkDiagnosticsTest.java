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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node-role.kubernetes.io/web",
        "node-restriction.kubernetes.io/web",
        "kubernetes.io/web",
        "cluster.k8s.io/web",
        "topology.kubernetes.io/zone"
      })
  void aLabelThatTheKubeletRefuses(String key) throws IOException {
    var found = only(ofPool("node_labels", key + "=a"));

    assertThat(found.code()).isEqualTo(Code.FORBIDDEN_LABEL);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:45:7]");
    assertThat(found.message()).contains(key);
  }

  @Test
  void aLabelThatTheKubeletTakes() throws IOException {
    var labels = "node.kubernetes.io/web=a,x.kubelet.kubernetes.io/web=a,mykubernetes.io/web=a";

    assertThat(link(ofPool("node_labels", labels), Compiled.release()).diagnostics().all())
        .isEmpty();
  }

  @Test
  void labelsAndTaintsOfOtherLengthsThanKubernetesTakes() throws IOException {
    var longest = "k".repeat(63);
    for (var item :
        List.of(
            ofPool("node_labels", longest + "k=a"),
            ofPool("node_labels", "a=" + longest + "k"),
            ofPool("node_labels", "d".repeat(254) + "/a=a"),
            ofPool("node_taints", longest + "k=a:NoExecute"),
            ofPool("node_taints", "a=" + longest + "k:NoExecute"))) {
      assertThat(only(item).code()).isEqualTo(Code.ILL_TYPED_SETTING);
    }
    for (var item :
        List.of(
            ofPool("node_labels", longest + "=" + longest),
            ofPool("node_taints", longest + "=" + longest + ":NoExecute"))) {
      assertThat(link(item, Compiled.release()).diagnostics().all()).isEmpty();
    }
  }

  @Test
  void aLabelThatIsTooLongForATag() throws IOException {
    var key = "example.org." + "d".repeat(70) + "/a";

    var found = only(ofPool("node_labels", key + "=a"));

    assertThat(found.code()).isEqualTo(Code.TOO_MUCH_FOR_TAGS);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:45:7]");
    assertThat(found.message()).contains(key, "130", "128");
    assertThat(only(ofPool("node_taints", key + "=a:NoExecute")).code())
        .isEqualTo(Code.TOO_MUCH_FOR_TAGS);
    // The autoscaler's prefix takes 46 of 128.
    assertThat(link(ofPool("node_labels", key.substring(2) + "=a"), Compiled.release()).value())
        .isPresent();
  }

  /** A worker's group has six of its own, and the stack three: 50 are what AWS takes. */
  @Test
  void moreLabelsThanAGroupHasRoomFor() throws IOException {
    var labels = IntStream.range(10, 51).mapToObj(number -> "l" + number + "=a").toList();
    var most = ofPool("node_labels", String.join(",", labels));

    assertThat(link(most, Compiled.release()).value()).isPresent();
    var found = only(ofPool("node_labels", String.join(",", labels) + ",one-more=a"));
    assertThat(found.code()).isEqualTo(Code.TOO_MUCH_FOR_TAGS);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:45:7]");
    assertThat(found.message()).contains("one-more", "41");
  }

  @ParameterizedTest
  @ValueSource(strings = {"etcd_instance_type", "master_instance_type"})
  void aControlPlaneOnMachinesThatCanNotBootTheImage(String setting) throws IOException {
    var found = only(edited(ITEMS, "config_items:\n  " + setting + ": m6g.large\n  #"));

    assertThat(found.code()).isEqualTo(Code.UNFIT_INSTANCE_TYPE);
    assertThat(found.span()).hasToString("Optional[clusters/shop.yaml:32:3]");
    assertThat(found.message()).contains(setting, "m6g.large");
    for (var fit : List.of("m5.large", "x99.large")) {
      var source = edited(ITEMS, "config_items:\n  " + setting + ": " + fit + "\n  #");
      assertThat(link(source, Compiled.release()).diagnostics().all()).isEmpty();
    }
  }

  private static String ofPool(String item, String value) throws IOException {
    return edited(
        "max_size: 120\n    config_items: {}",
        "max_size: 120\n    config_items:\n      " + item + ": \"" + value + "\"");
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
