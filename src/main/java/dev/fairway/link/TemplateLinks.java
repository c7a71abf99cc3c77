package dev.fairway.link;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.ReleaseManifest.TemplateEntry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a template refers to others, and how many tags it leaves to its stacks; read from the very
 * JSON that is deployed.
 *
 * @param exports the names it exports, with the parameters in them: {@code ${ClusterId}:vpc-id}
 * @param imports the names it imports, likewise
 * @param groupTags the most tags that it writes on an Auto Scaling group
 */
record TemplateLinks(
    TemplateEntry entry, SortedSet<String> exports, SortedSet<String> imports, int groupTags) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

  TemplateLinks {
    exports = Collections.unmodifiableSortedSet(new TreeSet<>(exports));
    imports = Collections.unmodifiableSortedSet(new TreeSet<>(imports));
  }

  static TemplateLinks of(TemplateEntry entry, JsonNode template) {
    var exports = new TreeSet<String>();
    for (var output : template.path("Outputs")) {
      if (output.has("Export")) {
        exports.add(name(output.path("Export").path("Name")));
      }
    }
    var imports = new TreeSet<String>();
    template.findValues("Fn::ImportValue").forEach(name -> imports.add(name(name)));
    // findValues does not look below what it found, nor need it: imports do not nest.
    return new TemplateLinks(entry, exports, imports, groupTags(template));
  }

  private static int groupTags(JsonNode template) {
    var most = 0;
    for (var resource : template.path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::AutoScaling::AutoScalingGroup")) {
        most = Math.max(most, resource.path("Properties").path("Tags").size());
      }
    }
    return most;
  }

  private static String name(JsonNode json) {
    return json.isTextual() ? json.textValue() : json.path("Fn::Sub").asText();
  }

  /** The names with the values of a stack's parameters in them. */
  static List<String> resolved(SortedSet<String> names, Map<String, String> parameters) {
    return names.stream()
        .map(name ->
            VARIABLE
                .matcher(name)
                .replaceAll(match ->
                    Matcher.quoteReplacement(
                        parameters.getOrDefault(match.group(1), match.group()))))
        .toList();
  }
}
