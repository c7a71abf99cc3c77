package dev.fairway.compiler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.check.Rules;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Template;
import dev.fairway.release.CanonicalJson;
import dev.fairway.release.Release;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/**
 * A compilation without jsii, whose release has empty templates. It puts that into a cache as if it
 * were the real one: so the JVM can record what the commands of every day load and run, on a
 * machine where Node.js never ran.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /** Leaves the release where {@link Compiler#compile()} finds it; for a cache of its own only. */
  public static void play(Cache cache) throws IOException {
    new Compiler(cache, true, Progress.SILENT).remember(release(Platform.declare()));
  }

  private static Release release(Platform platform) {
    Rules.check(platform);
    var templates = new TreeMap<String, ObjectNode>();
    for (var template : platform.templates()) {
      // The text of the facts is the key that a real run would look for.
      ModelText.of(template);
      templates.put(template.name(), emptied(template));
    }
    var manifests = new TreeMap<String, ArrayNode>();
    for (var part : platform.parts()) {
      manifests.put(
          part.name(), CanonicalJson.TREES.createArrayNode().addAll(KubernetesObjects.of(part)));
    }
    return Packaging.of(platform, new Emission(templates, manifests, List.of()));
  }

  /** What CDK would have made of a template, as far as packaging and linking ask for it. */
  private static ObjectNode emptied(Template template) {
    var emitted = CanonicalJson.TREES.createObjectNode().put("version", "0.0.0");
    emitted.putObject("template").put("Description", template.description()).putObject("Resources");
    emitted
        .putObject("artifact")
        .put("type", "aws:cloudformation:stack")
        .putObject("properties")
        .put("requiresBootstrapStackVersion", 0)
        .put("bootstrapStackVersionSsmParameter", "");
    return emitted;
  }
}
