package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two states of a node config, by what a node gets: files, links, units, and the rest. */
final class NodeDiff {
  /** Where lists of named things stand, what names them, and what one is called. */
  private static final Map<String, String> LISTS = lists();

  /** Who may log in. */
  private static final String USER = "user";

  private NodeDiff() {}

  private static Map<String, String> lists() {
    var lists = new LinkedHashMap<String, String>();
    lists.put("/storage/files", "file");
    lists.put("/storage/links", "link");
    lists.put("/storage/directories", "directory");
    lists.put("/systemd/units", "unit");
    lists.put("/passwd/users", USER);
    return lists;
  }

  /** By name and condition: a file may stand there once for each value of a switch. */
  private record Part(String kind, String name) implements Comparable<Part> {
    static Part of(String kind, JsonNode item) {
      var name = item.path(item.has("path") ? "path" : "name").asText();
      var when = item.path("when");
      return new Part(
          kind,
          when.isMissingNode()
              ? name
              : "%s, where %s is %s"
                  .formatted(
                      name,
                      when.path("symbol").asText().replaceFirst("^setting\\.", ""),
                      when.path("is").asText()));
    }

    /** The next one of those that are called alike. */
    Part following(int before) {
      return before == 0 ? this : new Part(kind, "%s (%d)".formatted(name, before + 1));
    }

    @Override
    public int compareTo(Part other) {
      return toString().compareTo(other.toString());
    }
  }

  static List<Difference> between(String file, JsonNode before, JsonNode after) {
    var was = parts(before);
    var becomes = parts(after);
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    var found = new ArrayList<Difference>();
    for (var name : names) {
      var left = was.getOrDefault(name, MissingNode.getInstance());
      var right = becomes.getOrDefault(name, MissingNode.getInstance());
      if (!left.equals(right)) {
        var act = Trees.act(left, right);
        found.add(
            Difference.of(Area.NODES, act, file, name.name(), name.kind())
                .with(act == Act.CHANGED ? fields(left, right) : content(act, left, right))
                .risking(risk(act, name)));
      }
    }
    return found;
  }

  private static Risk risk(Act act, Part part) {
    return part.kind().equals(USER) && act != Act.REMOVED ? Risk.WIDER_ACCESS : Risk.ROLL;
  }

  private static List<FieldChange> fields(JsonNode left, JsonNode right) {
    return FieldChanges.between(left, right);
  }

  /** Of what is new or gone, the text is what a reader wants. */
  private static List<FieldChange> content(Act act, JsonNode left, JsonNode right) {
    var none = JsonNodeFactory.instance.objectNode();
    return FieldChanges.between(act == Act.ADDED ? none : left, act == Act.ADDED ? right : none)
        .stream()
        .filter(field -> field.path().startsWith("contents"))
        .map(NodeDiff::inline)
        .toList();
  }

  private static FieldChange inline(FieldChange field) {
    return new FieldChange(
        "contents", field.was().map(NodeDiff::text), field.becomes().map(NodeDiff::text));
  }

  private static String text(String contents) {
    var tree = contents.startsWith("{") ? Trees.parsed(contents) : MissingNode.getInstance();
    return tree.path("inline").isTextual() ? tree.path("inline").asText() : contents;
  }

  private static SortedMap<Part, JsonNode> parts(JsonNode config) {
    var parts = new TreeMap<Part, JsonNode>();
    if (!(config instanceof ObjectNode)) {
      return parts;
    }
    ObjectNode rest = config.deepCopy();
    LISTS.forEach((pointer, kind) -> {
      if (rest.at(pointer) instanceof ArrayNode list) {
        var seen = new HashMap<Part, Integer>();
        for (var item : list) {
          var part = Part.of(kind, item);
          parts.put(part.following(seen.merge(part, 1, Integer::sum) - 1), item);
        }
        leave(rest, pointer);
      }
    });
    parts.put(new Part("config", "the rest"), rest);
    return parts;
  }

  private static void leave(ObjectNode rest, String pointer) {
    var words = pointer.split("/", -1);
    if (rest.get(words[1]) instanceof ObjectNode parent) {
      parent.remove(words[2]);
    }
  }
}
