package dev.fairway.compiler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.model.Digest;
import dev.fairway.model.Facts;
import dev.fairway.model.ScalingGroup;
import dev.fairway.model.Symbol;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Template;
import dev.fairway.platform.node.NodeConfig;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.CanonicalYaml;
import dev.fairway.release.ManifestFile;
import dev.fairway.release.Release;
import dev.fairway.release.ReleaseManifest;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import dev.fairway.release.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The last pass: canonical bytes, their digests, the table of slots, {@code release.json}. */
final class Packaging {
  private final Platform platform;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<TemplateEntry> templates = new ArrayList<>();
  private final TreeSet<String> used = new TreeSet<>();

  private Packaging(Platform platform) {
    this.platform = platform;
  }

  static Release of(Platform platform, Emission emission) {
    var packaging = new Packaging(platform);
    platform.templates().forEach(template -> packaging.template(template, emission));
    packaging.assembly(emission);
    platform.parts().forEach(part -> packaging.manifest(part, emission));
    platform.nodes().forEach(packaging::node);
    packaging.files.put("inventory.json", CanonicalJson.bytes(Inventory.of(platform)));
    return packaging.release();
  }

  private void template(Template facts, Emission emission) {
    var template = emission.template(facts);
    var parameters = new TreeMap<String, String>();
    var symbols =
        platform.symbols().values().stream()
            .collect(Collectors.toMap(Symbol::parameter, Symbol::name));
    template
        .path("Parameters")
        .fieldNames()
        .forEachRemaining(name -> {
          var symbol = symbols.get(name);
          if (symbol == null) {
            throw new IllegalStateException(facts.name() + ": no symbol for parameter " + name);
          }
          parameters.put(name, symbol);
        });
    used.addAll(parameters.values());
    var config = facts.scalingGroups().stream().map(ScalingGroup::nodeConfig).findFirst();
    var entry = new TemplateEntry(facts.name(), config, parameters);
    templates.add(entry);
    files.put(entry.file(), CanonicalJson.bytes(template));
    facts
        .stackPolicy()
        .ifPresent(policy ->
            files.put(
                "policies/" + facts.name() + ".json",
                CanonicalJson.bytes(CanonicalJson.TREES.valueToTree(policy.document()))));
  }

  /** CDK's own manifest of the stacks, from which the linker starts. */
  private void assembly(Emission emission) {
    var artifacts = JsonNodeFactory.instance.objectNode();
    var version = new TreeSet<String>();
    for (var facts : platform.templates()) {
      artifacts.set(facts.name(), artifact(facts, emission));
      version.add(emission.assemblyVersion(facts));
    }
    if (version.size() != 1) {
      throw new IllegalStateException("stacks of several versions of CDK's assembly: " + version);
    }
    var manifest = JsonNodeFactory.instance.objectNode().put("version", version.first());
    manifest.set("artifacts", artifacts);
    files.put("assembly/manifest.json", CanonicalJson.bytes(manifest));
  }

  /** Without what names files of CDK's own output, which the linker writes for each cluster. */
  private static ObjectNode artifact(Template facts, Emission emission) {
    ObjectNode artifact = emission.artifact(facts).deepCopy();
    ObjectNode properties = artifact.withObject("/properties");
    properties.remove(List.of("additionalDependencies", "stackTemplateAssetObjectUrl"));
    properties.put("templateFile", "templates/" + facts.name() + ".json");
    return artifact.retain("type", "properties");
  }

  private void manifest(Platform.Part part, Emission emission) {
    var file = new ComponentEntry(part.name(), Optional.empty(), List.of()).file();
    var bytes = CanonicalYaml.bytes(emission.manifest(part));
    files.put(file, bytes);
    add(ManifestFile.read(file, bytes).slots());
  }

  private void node(NodeConfig config) {
    var file = ReleaseManifest.nodeFile(config.name());
    var written = NodeConfigJson.of(file, config);
    files.put(file, CanonicalJson.bytes(written.json()));
    add(written.slots());
  }

  private void add(List<Slot> found) {
    slots.addAll(found);
    found.forEach(slot -> used.add(slot.symbol()));
  }

  private Release release() {
    SortedMap<String, Digest> digests = new TreeMap<>();
    files.forEach((path, bytes) -> digests.put(path, Digest.of(bytes)));
    var components =
        platform.parts().stream()
            .map(part ->
                new ComponentEntry(
                    part.name(),
                    part.enabledBy().map(Symbol::name),
                    part.needs().stream().map(Symbol::name).toList()))
            .toList();
    return new Release(
        new ReleaseManifest(
            platform.kubernetes(),
            digests,
            components,
            ManifestOrder.of(platform.parts()),
            platform.profiles(),
            symbols(),
            platform.defunct(),
            slots,
            templates),
        files);
  }

  /** Those in use, with the switches of components, which the linker itself reads. */
  private SortedMap<String, Symbol> symbols() {
    SortedMap<String, Symbol> symbols = new TreeMap<>(platform.symbols());
    platform.parts().forEach(part -> part.enabledBy().ifPresent(on -> used.add(on.name())));
    used.addAll(List.of(Facts.NODE_LABELS.name(), Facts.NODE_TAINTS.name()));
    symbols.keySet().retainAll(used);
    return symbols;
  }
}
