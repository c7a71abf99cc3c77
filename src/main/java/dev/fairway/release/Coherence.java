package dev.fairway.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.release.ReleaseManifest.ComponentEntry;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the manifest of a release and its files tell one story. What was compiled does; what
 * another tool wrote or somebody edited, digests and all, may not, and would be linked into wrong
 * bytes.
 */
final class Coherence {
  private static final String ASSEMBLY = "assembly/manifest.json";
  private static final String INVENTORY = "inventory.json";

  /** What is wrong, and in which file of the release. */
  record Finding(String file, String message) {}

  private final Release release;
  private final ReleaseManifest manifest;
  private final List<Finding> findings = new ArrayList<>();

  private Coherence(Release release) {
    this.release = release;
    this.manifest = release.manifest();
  }

  /** All that does not fit together. */
  static List<Finding> findings(Release release) {
    var coherence = new Coherence(release);
    coherence.names();
    coherence.files();
    coherence.symbols();
    coherence.manifest.templates().forEach(coherence::template);
    coherence.assembly();
    var ofSlots = SlotCoherence.findings(release);
    coherence.findings.addAll(ofSlots);
    if (ofSlots.isEmpty()) {
      coherence.objects();
    }
    return List.copyOf(coherence.findings);
  }

  private void names() {
    var components = manifest.components().stream().map(ComponentEntry::name).toList();
    distinct("components", components);
    distinct("order", manifest.order());
    distinct("templates", manifest.templates().stream().map(TemplateEntry::name).toList());
    same(
        ReleaseManifest.FILE,
        "order",
        manifest.order(),
        "the components",
        new TreeSet<>(components));
  }

  private void distinct(String what, List<String> names) {
    var seen = new HashSet<String>();
    names.stream()
        .filter(name -> !seen.add(name))
        .forEach(name -> manifest(what + " has " + name + " more than once"));
  }

  /** A file that nothing names would be tested and shipped, and never reach a cluster. */
  private void files() {
    var named = new TreeSet<>(List.of(ASSEMBLY, INVENTORY));
    var policies = new TreeSet<String>();
    manifest.components().forEach(component -> named.add(component.file()));
    for (var template : manifest.templates()) {
      named.add(template.file());
      policies.add("policies/" + template.name() + ".json");
      template.nodeConfig().ifPresent(config -> named.add(ReleaseManifest.nodeFile(config)));
    }
    var listed = new TreeSet<>(manifest.files().keySet());
    listed.removeAll(policies);
    same(ReleaseManifest.FILE, "files", listed, "what the release is made of", named);
    policies.forEach(policy -> json(policy));
  }

  /** Of manifests that can be read: the API server knows an object by these, and each once. */
  private void objects() {
    var names = new HashSet<ObjectName>();
    for (var component : manifest.components()) {
      for (var object : release.objects(component.file())) {
        var name = ObjectName.of(object);
        if (!object.path("apiVersion").isTextual()
            || name.kind().isEmpty()
            || name.name().isEmpty()) {
          found(component.file(), "it has an object without apiVersion, kind or metadata.name");
        } else if (!names.add(name)) {
          found(component.file(), "%s stands twice in the release".formatted(name));
        }
      }
    }
  }

  private void symbols() {
    for (var component : manifest.components()) {
      component
          .enabledBy()
          .flatMap(name -> symbol(name, component.name()))
          .filter(symbol -> !(symbol.type() instanceof SymbolType.Bool))
          .ifPresent(symbol ->
              manifest(
                  "%s is switched by %s, which is neither true nor false"
                      .formatted(component.name(), symbol.name())));
      component.needs().forEach(name -> symbol(name, component.name()));
      if (!component.needs().isEmpty() && component.enabledBy().isEmpty()) {
        manifest(component.name() + " needs settings, and has no switch for when they are missing");
      }
    }
  }

  private Optional<Symbol> symbol(String name, String user) {
    var symbol = Optional.ofNullable(manifest.symbols().get(name));
    if (symbol.isEmpty()) {
      manifest("%s takes %s, which is no symbol of the release".formatted(user, name));
    }
    return symbol;
  }

  private void template(TemplateEntry entry) {
    entry
        .parameters()
        .forEach((parameter, name) ->
            symbol(name, entry.file())
                .filter(symbol -> !symbol.parameter().equals(parameter))
                .ifPresent(_ ->
                    manifest(
                        "%s: the parameter %s is not %s's"
                            .formatted(entry.file(), parameter, name))));
    json(entry.file())
        .ifPresent(template ->
            same(
                entry.file(),
                "Parameters",
                fieldNames(template.path("Parameters")),
                "those that " + ReleaseManifest.FILE + " lists",
                entry.parameters().keySet()));
  }

  /** The linker makes each stack's artifact from its template's. */
  private void assembly() {
    var assembly = json(ASSEMBLY);
    if (assembly.isEmpty()) {
      return;
    }
    if (!assembly.get().path("version").isTextual()) {
      found(ASSEMBLY, "it has no version");
    }
    var artifacts = assembly.get().path("artifacts");
    same(
        ASSEMBLY,
        "artifacts",
        fieldNames(artifacts),
        "the templates",
        new TreeSet<>(manifest.templates().stream().map(TemplateEntry::name).toList()));
    for (var template : manifest.templates()) {
      var artifact = artifacts.path(template.name());
      if (artifact.isMissingNode()) {
        continue;
      }
      var properties = artifact.path("properties");
      if (!artifact.path("type").asText().equals("aws:cloudformation:stack")
          || !properties.path("templateFile").asText().equals(template.file())
          || !properties.path("requiresBootstrapStackVersion").isInt()
          || !properties.path("bootstrapStackVersionSsmParameter").isTextual()) {
        found(ASSEMBLY, "the artifact %s is not that of a stack".formatted(template.name()));
      }
    }
  }

  private static Set<String> fieldNames(JsonNode json) {
    var names = new TreeSet<String>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The tree of a file that no cluster changes; a token in it would stay. Empty if not listed. */
  private Optional<JsonNode> json(String file) {
    var bytes = release.files().get(file);
    if (bytes == null) {
      return Optional.empty();
    }
    if (new String(bytes, StandardCharsets.UTF_8).indexOf('⟦') >= 0) {
      found(file, "it has a token, and nothing would replace it");
    }
    var json = tree(bytes).filter(JsonNode::isObject);
    if (json.isEmpty()) {
      found(file, "it is no JSON object");
    }
    return json;
  }

  static Optional<JsonNode> tree(byte[] bytes) {
    try {
      return Optional.of(CanonicalJson.TREES.readTree(bytes));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void same(
      String file, String what, Collection<String> has, String whose, Collection<String> wanted) {
    var missing = new TreeSet<>(wanted);
    missing.removeAll(has);
    missing.forEach(name -> found(file, "%s lacks %s of %s".formatted(what, name, whose)));
    var excess = new TreeSet<>(has);
    excess.removeAll(wanted);
    excess.forEach(
        name -> found(file, "%s has %s, which is none of %s".formatted(what, name, whose)));
  }

  private void manifest(String message) {
    found(ReleaseManifest.FILE, message);
  }

  private void found(String file, String message) {
    findings.add(new Finding(file, message));
  }
}
