package dev.fairway.compiler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.release.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CloudFormationValidatePlugin;
import software.amazon.awscdk.Validations;

/**
 * CDK's own validation of the templates that it synthesizes, by the schemas and rules of
 * CloudFormation that it brings along.
 *
 * <p>Left to itself CDK validates every app, and nothing in an app can keep it from that: it looks
 * for {@code CDK_VALIDATION=false} in the environment. So whoever starts Fairway sets that, and the
 * validation is asked for here, by name, when it is wanted.
 */
final class TemplateValidation {
  /** A warning is heeded, or acknowledged with a reason. What is weaker says nothing wrong. */
  private static final Set<String> SEVERE = Set.of("fatal", "error", "warning");

  private TemplateValidation() {}

  /** The plugin compiles its rules when it is made, which takes seconds: one serves the process. */
  private static final class Plugin {
    static final CloudFormationValidatePlugin SHARED = new CloudFormationValidatePlugin();
  }

  /** When this app is synthesized, its templates are validated. */
  static void of(App app) {
    Validations.of(app).addPlugins(Plugin.SHARED);
  }

  /**
   * What was found in the app that was synthesized into the folder, by the ids of the stacks that
   * something was found in. CDK leaves a plugin that has nothing to say out of its report.
   *
   * @param stacks the class of each stack, by its id
   */
  static Map<String, List<Diagnostic>> read(Path folder, Map<String, Class<?>> stacks)
      throws IOException {
    var report = Files.readAllBytes(folder.resolve("validation-report.json"));
    var found = new TreeMap<String, List<Diagnostic>>();
    for (var plugin : CanonicalJson.TREES.readTree(report).required("pluginReports")) {
      requireRun(plugin);
      for (var violation : plugin.required("violations")) {
        if (SEVERE.contains(violation.required("severity").textValue())) {
          violated(violation, stacks, found);
        }
      }
    }
    return found;
  }

  /** A plugin that breaks down finds nothing, and says why. */
  private static void requireRun(JsonNode plugin) {
    var failure = plugin.path("metadata").path("error");
    if (failure.isTextual()) {
      throw new IllegalStateException(failure.textValue());
    }
  }

  /** CDK lists together all that breaks one rule, and what is wrong with the first of them. */
  private static void violated(
      JsonNode violation, Map<String, Class<?>> stacks, Map<String, List<Diagnostic>> found) {
    var first = Optional.<TemplateFinding>empty();
    for (var construct : violation.required("violatingConstructs")) {
      var finding = new TemplateFinding(violation, construct);
      found
          .computeIfAbsent(finding.stack(), _ -> new ArrayList<>())
          .add(finding.diagnostic(stacks, first));
      first = first.or(() -> Optional.of(finding));
    }
  }
}
