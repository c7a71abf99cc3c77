package dev.fairway.link;

import static dev.fairway.link.AssemblyText.bytes;
import static dev.fairway.link.AssemblyText.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.Compiled;
import dev.fairway.Seeds;
import dev.fairway.Trees;
import dev.fairway.model.Digest;
import dev.fairway.source.ClusterSource;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What holds for every cluster that a record can describe. */
class LinkingTest {
  private static final Pattern HTTP_OR_DATA = Pattern.compile("(?s)(https://.+|data:,.*)");

  private final Linker linker = new Linker(Compiled.linkable());

  @Test
  void linkingIsAFunction() {
    Seeds.check(
        10,
        random -> {
          var source = LinkableClusters.of(random, 1).getFirst();
          var again = new Linker(Linkable.of(Compiled.release()));
          Trees.assertSame(link(source).contents(), linked(again, source).contents());
        });
  }

  @Test
  void theFleetIsLinkedAlikeInWhateverOrderAndByHoweverManyThreads() {
    Seeds.check(
        3,
        random -> {
          var sources = new ArrayList<>(LinkableClusters.of(random, 20));
          var together = new FleetLink(linker).versions(sources).value().orElseThrow();
          Collections.shuffle(sources, random);
          assertThat(new FleetLink(linker).versions(sources).value()).contains(together);
          sources.forEach(source ->
              assertThat(link(source).desiredVersion())
                  .isEqualTo(together.get(source.cluster().id())));
        });
  }

  @Test
  void everyParameterHasAValueThatItsTemplateAdmits() {
    everyAssembly(assembly -> {
      var artifacts = json(assembly, "manifest.json").required("artifacts");
      for (var stack : assembly.stackNames()) {
        var file = artifacts.required(stack).at("/properties/templateFile").asText();
        var declared = json(assembly, file).path("Parameters");
        var given = json(assembly, "parameters.json").required(stack);
        assertThat(given.fieldNames())
            .toIterable()
            .as(stack)
            .containsExactlyInAnyOrderElementsOf(declared::fieldNames);
        given
            .properties()
            .forEach(value ->
                assertAdmitted(
                    stack + ":" + value.getKey(),
                    declared.required(value.getKey()),
                    value.getValue().asText()));
      }
    });
  }

  private static void assertAdmitted(String name, JsonNode declared, String value) {
    if (declared.has("AllowedPattern")) {
      assertThat(value).as(name).matches(declared.path("AllowedPattern").asText());
    }
    if (declared.has("AllowedValues")) {
      assertThat(declared.path("AllowedValues"))
          .as(name)
          .extracting(JsonNode::asText)
          .contains(value);
    }
    if (declared.path("Type").asText().equals("Number")) {
      assertThat(Long.parseLong(value))
          .as(name)
          .isBetween(
              declared.path("MinValue").asLong(Long.MIN_VALUE),
              declared.path("MaxValue").asLong(Long.MAX_VALUE));
    }
    if (declared.has("MaxLength")) {
      assertThat(value).as(name).hasSizeLessThanOrEqualTo(declared.path("MaxLength").asInt());
    }
    if (!declared.path("Type").asText().matches("String|Number")) {
      assertThat(value)
          .as(name + ": CloudFormation takes no empty value of this type")
          .isNotEmpty();
    }
  }

  @Test
  void noTokenIsLeft() {
    everyAssembly(assembly ->
        assembly
            .contents()
            .forEach((path, bytes) -> {
              var text = new String(bytes, UTF_8);
              // Within a data URL the brackets would be escaped.
              assertThat(text).as(path).doesNotContain("⟦", "⟧", "%E2%9F%A6", "\\u27e6");
            }));
  }

  @Test
  void aNodeConfigIsIgnitionThatHoldsThePlainTexts() {
    everyAssembly(assembly ->
        AssemblyText.nodeConfigs(assembly, Compiled.release())
            .forEach((path, file) -> {
              var linked = json(assembly, path);
              var plain = AssemblyText.plain(assembly, Compiled.release(), file);
              assertThat(linked.at("/ignition/version").asText()).isEqualTo("3.4.0");
              assertThat(linked.findValues("inline")).isEmpty();
              assertThat(linked.findValues("contents")).hasSameSizeAs(plain.findValues("contents"));
              assertSources(linked);
              // Compares the lines that no value goes to.
              assertThat(AssemblyText.values(assembly, Compiled.release())).contains(path);
            }));
  }

  private static void assertSources(JsonNode config) {
    for (var file : config.at("/storage/files")) {
      var source = file.at("/contents/source").asText();
      assertThat(source).matches(HTTP_OR_DATA);
      if (source.startsWith("data:,")) {
        assertThat(source.replaceAll("%[0-9A-F]{2}", "")).matches("data:,[A-Za-z0-9._~-]*");
        var text = URLDecoder.decode(source.substring("data:,".length()), UTF_8);
        if (file.path("path").asText().matches(".*\\.(yaml|kubeconfig)")) {
          assertThat(documents(text.getBytes(UTF_8))).isNotEmpty();
        }
      }
    }
  }

  @Test
  void everyLineWithoutASlotIsTheReleases() {
    everyAssembly(assembly ->
        AssemblyText.nodeConfigs(assembly, Compiled.release())
            .forEach((path, file) -> {
              var linked = AssemblyText.texts(json(assembly, path), "");
              AssemblyText.texts(AssemblyText.plain(assembly, Compiled.release(), file), "")
                  .forEach((place, text) -> {
                    var left = text.lines().toList();
                    var right = Objects.requireNonNull(linked.get(place), place).lines().toList();
                    assertThat(right).as(place).hasSameSizeAs(left);
                    for (var number = 0; number < left.size(); number++) {
                      if (!left.get(number).contains("⟦")) {
                        assertThat(right.get(number)).isEqualTo(left.get(number));
                      }
                    }
                  });
            }));
  }

  @Test
  void everyManifestIsYaml() {
    everyAssembly(assembly ->
        assembly
            .manifests()
            .forEach((path, bytes) -> {
              assertThat(path).matches("manifests/[a-z0-9-]+\\.yaml");
              assertThat(documents(bytes))
                  .as(path)
                  .isNotEmpty()
                  .allSatisfy(document ->
                      assertThat(document)
                          .asInstanceOf(InstanceOfAssertFactories.MAP)
                          .containsKeys("apiVersion", "kind", "metadata"));
            }));
  }

  @Test
  void stacksOfOneProfileShareOneTemplateWhichIsTheReleases() {
    everyAssembly(assembly -> {
      var templates = new TreeSet<String>();
      var artifacts = json(assembly, "manifest.json").required("artifacts");
      for (var stack : assembly.stackNames()) {
        templates.add(artifacts.required(stack).at("/properties/templateFile").asText());
      }
      assertThat(assembly.files().keySet().stream().filter(path -> path.startsWith("templates/")))
          .containsExactlyElementsOf(templates);
      assertThat(templates)
          .allSatisfy(
              file -> assertThat(bytes(assembly, file)).isEqualTo(Compiled.release().file(file)));
    });
  }

  @Test
  void assetsAreNamedByWhatIsInThem() {
    everyAssembly(assembly -> {
      for (var stack : assembly.stackNames()) {
        json(assembly, stack + ".assets.json")
            .required("files")
            .properties()
            .forEach(asset -> {
              var bytes = bytes(assembly, asset.getValue().at("/source/path").asText());
              assertThat(asset.getKey()).isEqualTo(Digest.of(bytes).hex());
            });
        var given = json(assembly, "parameters.json").required(stack);
        if (given.has("NodeConfigKey")) {
          var config = nodeConfig(assembly, stack);
          assertThat(given.path("NodeConfigKey").asText())
              .isEqualTo(Digest.of(config).hex() + ".ign");
          assertThat(given.path("NodeConfigSha512").asText())
              .isEqualTo(HexFormat.of().formatHex(Digest.sha512().digest(config)));
        }
      }
    });
  }

  private static byte[] nodeConfig(Assembly assembly, String stack) {
    for (var asset : json(assembly, stack + ".assets.json").required("files")) {
      var path = asset.at("/source/path").asText();
      if (path.endsWith(".ign")) {
        return bytes(assembly, path);
      }
    }
    throw new AssertionError("no node config: " + stack);
  }

  @Test
  void theDesiredVersionIsThatOfAllFilesButTheOneThatNamesIt() {
    everyAssembly(assembly -> {
      var contents = assembly.contents();
      var link = Objects.requireNonNull(contents.remove(Assembly.LINK_FILE));
      var version = digest(contents);
      assertThat(assembly.desiredVersion().hex()).isEqualTo(version);
      assertThat(AssemblyText.tree(link).required("desiredVersion").asText()).isEqualTo(version);
      contents.compute(contents.lastKey(), (_, bytes) -> new byte[] {1});
      assertThat(digest(contents)).isNotEqualTo(version);
    });
  }

  private static String digest(SortedMap<String, byte[]> files) {
    var sha = Digest.sha256();
    // Paths are ASCII here, so that Java's order is that of the bytes.
    files.forEach(
        (path, bytes) -> sha.update((path + "\0" + Digest.of(bytes).hex() + "\n").getBytes(UTF_8)));
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void whatIsWrittenIsTheAssembly(@TempDir Path folder) throws IOException {
    var assembly = link(Compiled.fleet().clusters().getFirst());
    assembly.write(folder.resolve("a"));

    Trees.assertSame(Trees.read(folder.resolve("a")), assembly.contents());
  }

  private interface Property {
    void check(Assembly assembly);
  }

  /** The example fleet, and clusters of chance. */
  private void everyAssembly(Property property) {
    Compiled.fleet().clusters().forEach(source -> property.check(link(source)));
    Seeds.check(
        8,
        random -> LinkableClusters.of(random, 2).forEach(source -> property.check(link(source))));
  }

  private Assembly link(ClusterSource source) {
    return linked(linker, source);
  }

  private static Assembly linked(Linker linker, ClusterSource source) {
    var linked = linker.link(source);
    assertThat(linked.diagnostics().hasErrors()).as(linked.diagnostics().toString()).isFalse();
    return linked.value().orElseThrow();
  }

  private static List<Object> documents(byte[] yaml) {
    var documents = new ArrayList<Object>();
    new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
        .loadAllFromString(new String(yaml, UTF_8))
        .forEach(documents::add);
    return documents;
  }
}
