package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.platform.cloud.Stacks;
import dev.fairway.platform.cloud.Template;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.jsii.JsiiObject;
import software.constructs.Construct;

/** AWS facts through CDK: a stack a template, all in one app, synthesized once. */
final class TemplateEmitter {
  /**
   * Has the last word over what the environment says: under the CDK CLI that would put the paths of
   * constructs into the templates, and the same commit would compile to other bytes. What
   * validation finds stands in its report alone: nothing is thrown, nothing is printed.
   */
  private static final Map<String, Object> CONTEXT =
      Map.of(
          "aws:cdk:enable-path-metadata", false,
          "aws:cdk:enable-asset-metadata", false,
          "@aws-cdk/core:validateAgainstDefaultRules", true,
          "@aws-cdk/core:failSynthOnValidationErrors", false);

  private TemplateEmitter() {}

  /** The libraries that decide what comes out, for cache keys. */
  static String libraries() {
    return ClassFiles.libraries(App.class, Construct.class, JsiiObject.class);
  }

  /**
   * What CDK made of stacks.
   *
   * @param sound for each that nothing was found in, by name: an object with the template itself
   *     and the stack's artifact in CDK's cloud assembly
   */
  record Synthesis(Map<String, ObjectNode> sound, Diagnostics diagnostics) {}

  /**
   * Emits templates.
   *
   * @param validate whether CloudFormation's rules judge them too; what they find are errors
   */
  static Synthesis emit(List<Template> templates, boolean validate) throws IOException {
    var stacks = new LinkedHashMap<String, Function<App, Stack>>();
    for (var template : templates) {
      stacks.put(template.name(), app -> Stacks.create(app, template));
    }
    return synthesize(stacks, validate);
  }

  /** The same for stacks of any kind, by their ids. */
  static Synthesis synthesize(Map<String, Function<App, Stack>> stacks, boolean validate)
      throws IOException {
    var folder = Files.createTempDirectory("fairway-cdk");
    try {
      var classes = synthesize(stacks, app(folder, validate));
      var findings =
          validate ? TemplateValidation.read(folder, classes) : Map.<String, List<Diagnostic>>of();
      var sound = new TreeSet<>(stacks.keySet());
      sound.removeAll(findings.keySet());
      return new Synthesis(
          read(folder, sound),
          new Diagnostics(findings.values().stream().flatMap(List::stream).toList()));
    } finally {
      Folders.delete(folder);
    }
  }

  private static App app(Path folder, boolean validate) {
    var app =
        new App(
            AppProps.builder()
                .outdir(folder.toString())
                .postCliContext(CONTEXT)
                .analyticsReporting(false)
                .treeMetadata(false)
                .stackTraces(validate)
                .build());
    if (validate) {
      TemplateValidation.of(app);
    }
    return app;
  }

  /** The class of each stack, for findings that no line of it accounts for. */
  private static SortedMap<String, Class<?>> synthesize(
      Map<String, Function<App, Stack>> stacks, App app) {
    var classes = new TreeMap<String, Class<?>>();
    stacks.forEach((name, stack) -> classes.put(name, stack.apply(app).getClass()));
    app.synth();
    return classes;
  }

  private static Map<String, ObjectNode> read(Path folder, Collection<String> names)
      throws IOException {
    var assembly = json(folder.resolve("manifest.json"));
    var emitted = new TreeMap<String, ObjectNode>();
    for (var name : names) {
      var artifact = assembly.required("artifacts").required(name);
      var file = artifact.required("properties").required("templateFile").textValue();
      var entry = JsonNodeFactory.instance.objectNode();
      entry.set("template", json(folder.resolve(file)));
      entry.set("artifact", lasting(artifact));
      entry.put("version", assembly.required("version").textValue());
      emitted.put(name, entry);
    }
    return emitted;
  }

  /** Without the metadata, which says where on this machine each construct was made. */
  private static ObjectNode lasting(JsonNode artifact) {
    ObjectNode copy = artifact.deepCopy();
    copy.remove("metadata");
    return copy;
  }

  private static JsonNode json(Path file) throws IOException {
    return CanonicalJson.TREES.readTree(Files.readAllBytes(file));
  }
}
