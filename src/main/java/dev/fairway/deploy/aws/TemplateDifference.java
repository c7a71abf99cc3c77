package dev.fairway.deploy.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between two templates, sorted. A resource is named by its logical id, anything else
 * by section and name, such as {@code Outputs/VpcId}.
 *
 * @param added what only the new one has
 * @param removed what only the old one has
 */
public record TemplateDifference(List<String> added, List<String> removed, List<String> changed) {
  private static final String RESOURCES = "Resources";

  public static final TemplateDifference NONE =
      new TemplateDifference(List.of(), List.of(), List.of());

  public TemplateDifference {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  static TemplateDifference between(JsonNode old, JsonNode now) {
    var was = parts(old);
    var becomes = parts(now);
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    var added = new ArrayList<String>();
    var removed = new ArrayList<String>();
    var changed = new ArrayList<String>();
    for (var name : names) {
      if (!was.containsKey(name)) {
        added.add(name);
      } else if (!becomes.containsKey(name)) {
        removed.add(name);
      } else if (!was.get(name).equals(becomes.get(name))) {
        changed.add(name);
      }
    }
    return new TemplateDifference(added, removed, changed);
  }

  /** A template of which nothing is there yet. */
  static TemplateDifference allOf(JsonNode template) {
    return between(MissingNode.getInstance(), template);
  }

  private static TreeMap<String, JsonNode> parts(JsonNode template) {
    var parts = new TreeMap<String, JsonNode>();
    if (template.isTextual()) {
      parts.put("a template that is no JSON", template);
    }
    template
        .properties()
        .forEach(section -> {
          if (section.getValue().isObject()) {
            section
                .getValue()
                .properties()
                .forEach(part -> parts.put(name(section.getKey(), part.getKey()), part.getValue()));
          } else {
            parts.put(section.getKey(), section.getValue());
          }
        });
    return parts;
  }

  private static String name(String section, String part) {
    return section.equals(RESOURCES) ? part : section + "/" + part;
  }
}
