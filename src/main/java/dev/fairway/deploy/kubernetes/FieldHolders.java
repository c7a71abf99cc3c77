package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Who set which field of an object, by its managedFields.
 *
 * @param holders by the path of each leaf, as {@link Fields} writes it
 */
record FieldHolders(Map<String, String> holders) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static FieldHolders of(JsonNode live) {
    var holders = new LinkedHashMap<String, String>();
    for (var entry : live.path("metadata").path("managedFields")) {
      var manager = entry.path("manager").asText();
      walk("", live, entry.path("fieldsV1"), path -> holders.put(path, manager));
    }
    return new FieldHolders(holders);
  }

  /** Whoever but Fairway holds the field, what is below it, or what it is a part of. */
  Optional<String> holder(String path) {
    var found = new TreeSet<String>();
    holders.forEach((leaf, manager) -> {
      if (isWithin(leaf, path) || isWithin(path, leaf)) {
        found.add(manager);
      }
    });
    found.remove(ApplySet.FIELD_MANAGER);
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", found));
  }

  private static boolean isWithin(String path, String whole) {
    return path.startsWith(whole)
        && (path.length() == whole.length() || ".[".indexOf(path.charAt(whole.length())) >= 0);
  }

  private static void walk(String path, JsonNode value, JsonNode fields, Consumer<String> leaf) {
    var isLeaf = true;
    for (var field : fields.properties()) {
      if (!field.getKey().equals(".")) {
        isLeaf = false;
        step(path, value, field.getKey(), field.getValue(), leaf);
      }
    }
    if (isLeaf) {
      leaf.accept(path);
    }
  }

  private static void step(
      String path, JsonNode value, String key, JsonNode fields, Consumer<String> leaf) {
    var name = key.substring(2);
    if (key.startsWith("f:")) {
      walk(path + "." + name, value.path(name), fields, leaf);
    } else if (key.startsWith("k:")) {
      item(path, value, json(name), fields, leaf);
    } else {
      // A member of a set: no field differs below it.
      leaf.accept(path);
    }
  }

  private static void item(
      String path, JsonNode list, JsonNode wanted, JsonNode fields, Consumer<String> leaf) {
    Fields.items(list)
        .forEach((label, item) -> {
          if (wanted.properties().stream()
              .allMatch(part -> part.getValue().equals(item.path(part.getKey())))) {
            walk(path + label, item, fields, leaf);
          }
        });
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }
}
