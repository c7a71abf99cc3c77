package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Template;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pass that crosses into jsii: for each template and each component what the cache has, and for
 * the rest CDK and cdk8s, whichever is needed, each started once.
 */
final class Emitter {
  private final Cache cache;
  private final ClassFiles classes;
  private final boolean validate;
  private final Progress progress;
  private final SortedMap<String, ObjectNode> templates = new TreeMap<>();
  private final SortedMap<String, ArrayNode> manifests = new TreeMap<>();
  private final List<String> emitted = new ArrayList<>();

  Emitter(Cache cache, ClassFiles classes, boolean validate, Progress progress) {
    this.cache = cache;
    this.classes = classes;
    this.validate = validate;
    this.progress = progress;
  }

  Outcome<Emission> emit(Platform platform) throws IOException {
    manifests(platform);
    var diagnostics = templates(platform);
    return Outcome.unlessErrors(diagnostics, () -> new Emission(templates, manifests, emitted));
  }

  private void manifests(Platform platform) throws IOException {
    var emitters = classes.digest(path -> path.startsWith("compiler/ManifestEmitter"));
    var missing = new LinkedHashMap<Platform.Part, Digest>();
    for (var part : platform.parts()) {
      var key =
          Digest.of(
              ModelText.of(
                  List.of(
                      "chart",
                      part.name(),
                      CanonicalJson.text(objects(part)),
                      emitters.hex(),
                      ManifestEmitter.libraries())));
      var known = cache.get(key);
      if (known.isPresent()) {
        manifests.put(part.name(), (ArrayNode) tree(known.get()));
      } else {
        missing.put(part, key);
      }
    }
    if (!missing.isEmpty()) {
      emitManifests(missing);
    }
  }

  private void emitManifests(Map<Platform.Part, Digest> missing) throws IOException {
    progress.step("cdk8s synthesizes " + count(missing.size(), "chart"));
    var emitter = new ManifestEmitter();
    for (var entry : missing.entrySet()) {
      var part = entry.getKey();
      var documents =
          CanonicalJson.TREES
              .createArrayNode()
              .addAll(emitter.emit(part.name(), KubernetesObjects.of(part)));
      cache.put(entry.getValue(), CanonicalJson.bytes(documents));
      manifests.put(part.name(), documents);
      emitted.add("manifests/" + part.name());
    }
  }

  private static ArrayNode objects(Platform.Part part) {
    return CanonicalJson.TREES.createArrayNode().addAll(KubernetesObjects.of(part));
  }

  private Diagnostics templates(Platform platform) throws IOException {
    var emitters =
        classes.digest(path ->
            path.startsWith("platform/cloud/")
                || path.startsWith("model/")
                || path.startsWith("compiler/Template"));
    var missing = new LinkedHashMap<Template, Digest>();
    for (var template : platform.templates()) {
      var key =
          Digest.of(
              ModelText.of(
                  List.of(
                      "template",
                      template,
                      emitters.hex(),
                      TemplateEmitter.libraries(),
                      Boolean.toString(validate))));
      var known = cache.get(key);
      if (known.isPresent()) {
        templates.put(template.name(), (ObjectNode) tree(known.get()));
      } else {
        missing.put(template, key);
      }
    }
    return missing.isEmpty() ? Diagnostics.NONE : emitTemplates(missing);
  }

  private Diagnostics emitTemplates(Map<Template, Digest> missing) throws IOException {
    progress.step(
        "CDK synthesizes "
            + (validate ? "and validates " : "")
            + count(missing.size(), "template"));
    var synthesis = TemplateEmitter.emit(List.copyOf(missing.keySet()), validate);
    for (var entry : missing.entrySet()) {
      var name = entry.getKey().name();
      var template = synthesis.sound().get(name);
      if (template != null) {
        cache.put(entry.getValue(), CanonicalJson.bytes(template));
        templates.put(name, template);
        emitted.add("templates/" + name);
      }
    }
    return synthesis.diagnostics();
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static JsonNode tree(byte[] bytes) throws IOException {
    return CanonicalJson.TREES.readTree(bytes);
  }
}
