package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What differs between two states of an object, by path. */
final class Fields {
  private static final List<String> SERVER_OWN =
      List.of("resourceVersion", "generation", "uid", "creationTimestamp", "managedFields");

  /** The path of what tells which fields are ours. */
  static final String OWNERSHIP = ".metadata.managedFields";

  private Fields() {}

  /**
   * The paths whose values differ, but for what the server itself writes; with {@link #OWNERSHIP}
   * when other fields are ours than before.
   */
  static List<String> changed(JsonNode before, JsonNode after) {
    var paths = new ArrayList<>(differing(before, after));
    if (paths.isEmpty() && !owned(before).equals(owned(after))) {
      paths.add(OWNERSHIP);
    }
    return paths;
  }

  /** The paths whose values differ, whoever owns them. */
  static List<String> differing(JsonNode before, JsonNode after) {
    var paths = new ArrayList<String>();
    compare("", content(before), content(after), paths);
    return paths;
  }

  private static JsonNode content(JsonNode object) {
    if (!(object instanceof ObjectNode node)) {
      return object;
    }
    var content = node.deepCopy();
    content.remove("status");
    if (content.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(SERVER_OWN);
    }
    return content;
  }

  /** The fields that Fairway owns by apply, as the server keeps them. */
  static JsonNode owned(JsonNode object) {
    for (var entry : object.path("metadata").path("managedFields")) {
      if (entry.path("manager").asText().equals(ApplySet.FIELD_MANAGER)
          && entry.path("operation").asText().equals("Apply")
          && entry.path("subresource").asText("").isEmpty()) {
        return entry.path("fieldsV1");
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static void compare(String path, JsonNode before, JsonNode after, List<String> found) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      members(path, entries(before), entries(after), found);
    } else if (before.isArray() && after.isArray() && areComparable(before, after)) {
      members(path, items(before), items(after), found);
    } else {
      found.add(path);
    }
  }

  private static void members(
      String path, Map<String, JsonNode> before, Map<String, JsonNode> after, List<String> found) {
    var keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (var key : keys) {
      if (before.containsKey(key) && after.containsKey(key)) {
        compare(path + key, before.get(key), after.get(key), found);
      } else {
        found.add(path + key);
      }
    }
  }

  private static Map<String, JsonNode> entries(JsonNode object) {
    var entries = new LinkedHashMap<String, JsonNode>();
    object.properties().forEach(entry -> entries.put("." + entry.getKey(), entry.getValue()));
    return entries;
  }

  /** Items that can be told apart: by name, or because there are as many as before. */
  private static boolean areComparable(JsonNode before, JsonNode after) {
    return items(before).size() == before.size()
        && items(after).size() == after.size()
        && (before.size() == after.size() || (hasNames(before) && hasNames(after)));
  }

  private static boolean hasNames(JsonNode list) {
    for (var item : list) {
      if (!item.path("name").isTextual()) {
        return false;
      }
    }
    return true;
  }

  /** The items of a list, by how they stand in a path. */
  static Map<String, JsonNode> items(JsonNode list) {
    var items = new LinkedHashMap<String, JsonNode>();
    var named = hasNames(list);
    var index = 0;
    for (Iterator<JsonNode> each = list.iterator(); each.hasNext(); index++) {
      var item = each.next();
      var key = named ? "name=\"" + item.path("name").asText() + "\"" : Integer.toString(index);
      items.put("[" + key + "]", item);
    }
    return items;
  }
}
