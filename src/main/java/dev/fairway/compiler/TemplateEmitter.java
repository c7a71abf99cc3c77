package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.platform.cloud.Stacks;
import dev.fairway.platform.cloud.Template;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** AWS facts through CDK: a stack a template, all in one app, synthesized once. */
final class TemplateEmitter {
  private TemplateEmitter() {}

  /** The library that decides what comes out, for cache keys. */
  static String library() {
    return ClassFiles.library(App.class);
  }

  /**
   * What CDK made of them: for each name an object with the template itself and the stack's
   * artifact in CDK's cloud assembly.
   */
  static Outcome<Map<String, ObjectNode>> emit(List<Template> templates, boolean validate)
      throws IOException {
    var folder = Files.createTempDirectory("fairway-cdk");
    try {
      var app =
          new App(
              AppProps.builder()
                  .outdir(folder.toString())
                  .analyticsReporting(false)
                  .treeMetadata(false)
                  .build());
      templates.forEach(template -> Stacks.create(app, template));
      app.synth();
      return Outcome.of(read(folder, templates));
    } finally {
      Folders.delete(folder);
    }
  }

  private static Map<String, ObjectNode> read(Path folder, List<Template> templates)
      throws IOException {
    var assembly = json(folder.resolve("manifest.json"));
    var emitted = new TreeMap<String, ObjectNode>();
    for (var template : templates) {
      var artifact = assembly.required("artifacts").required(template.name());
      var file = artifact.required("properties").required("templateFile").textValue();
      var entry = JsonNodeFactory.instance.objectNode();
      entry.set("template", json(folder.resolve(file)));
      entry.set("artifact", artifact);
      entry.put("version", assembly.required("version").textValue());
      emitted.put(template.name(), entry);
    }
    return emitted;
  }

  private static JsonNode json(Path file) throws IOException {
    return CanonicalJson.TREES.readTree(Files.readAllBytes(file));
  }
}
