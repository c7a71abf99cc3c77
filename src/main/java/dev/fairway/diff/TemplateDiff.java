package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Two states of one template: resources by logical id with what CloudFormation would do about each,
 * and everything else by section.
 */
final class TemplateDiff {
  private final String file;
  private final JsonNode before;
  private final JsonNode after;
  private final Turned turned;

  private TemplateDiff(String file, JsonNode before, JsonNode after, Turned turned) {
    this.file = file;
    this.before = turned.before(before);
    this.after = turned.after(after);
    this.turned = turned;
  }

  /** The template's changes; a missing node stands for a template that is not there. */
  static List<Difference> between(String file, JsonNode before, JsonNode after, Turned turned) {
    return new TemplateDiff(file, before, after, turned).differences();
  }

  private List<Difference> differences() {
    var found = new TreeMap<String, Difference>();
    var was = before.path("Resources");
    var becomes = after.path("Resources");
    for (var id : Trees.names(was, becomes)) {
      resource(id, was.path(id), becomes.path(id)).ifPresent(change -> found.put(id, change));
    }
    follow(found);
    found.replaceAll((id, change) -> behindExport(id, change));
    var all = new ArrayList<>(found.values());
    sections().forEach(all::add);
    return all;
  }

  private Optional<Difference> resource(String id, JsonNode was, JsonNode becomes) {
    var mayGo = turned.maybeOff().contains(id);
    if (was.equals(becomes) && !mayGo) {
      return Optional.empty();
    }
    var act = Trees.act(was, becomes);
    var type = (act == Act.REMOVED ? was : becomes).path("Type").asText();
    var change = Difference.of(Area.STACKS, act, file, id, type);
    var judged =
        switch (act) {
          case ADDED -> change;
          case REMOVED -> ResourceChange.removed(change, was);
          case CHANGED -> ResourceChange.changed(change, was, becomes);
        };
    var whole = turned.why(id).map(judged::alsoNoting).orElse(judged);
    return Optional.of(mayGo ? ResourceChange.mayGo(whole, was, becomes) : whole);
  }

  /** What refers to a replaced resource where it can't be changed is replaced with it. */
  private void follow(Map<String, Difference> found) {
    var resources = after.path("Resources");
    boolean grown;
    do {
      grown = false;
      for (var resource : resources.properties()) {
        var id = resource.getKey();
        if (!before.path("Resources").has(id) || isReplaced(found, id)) {
          continue;
        }
        var leader = leader(resource.getValue(), found);
        if (leader.isPresent()) {
          found.put(id, follower(found, id, resource.getValue(), leader.get()));
          grown = true;
        }
      }
    } while (grown);
  }

  private static boolean isReplaced(Map<String, Difference> found, String id) {
    var change = found.get(id);
    return change != null && change.fate().isReplacing();
  }

  private static Optional<String> leader(JsonNode resource, Map<String, Difference> found) {
    var type = resource.path("Type").asText();
    return resource.path("Properties").properties().stream()
        .filter(property -> CreateOnly.table().isFixed(type, property.getKey()))
        .flatMap(property -> Intrinsics.references(property.getValue()).stream())
        .filter(id -> isReplaced(found, id))
        .sorted()
        .findFirst();
  }

  private Difference follower(
      Map<String, Difference> found, String id, JsonNode resource, String leader) {
    var type = resource.path("Type").asText();
    var change =
        Optional.ofNullable(found.get(id))
            .orElseGet(() -> Difference.of(Area.STACKS, Act.CHANGED, file, id, type));
    var fate = Optional.ofNullable(found.get(leader)).map(Difference::fate).orElseThrow();
    var sure = fate == Fate.REPLACED;
    return change
        .meeting(fate)
        .risking(sure ? Risk.REPLACEMENT : Risk.POSSIBLE_REPLACEMENT)
        .noting("because " + leader + (sure ? " is" : " may be") + " replaced");
  }

  /** CloudFormation changes no value that another stack imports. */
  private Difference behindExport(String id, Difference change) {
    if (change.fate() != Fate.DELETED && change.fate() != Fate.REPLACED) {
      return change;
    }
    return before.path("Outputs").properties().stream()
        .map(output -> output.getValue())
        .filter(output -> output.has("Export"))
        .filter(output -> Intrinsics.references(output.path("Value")).contains(id))
        .map(output -> Intrinsics.shown(output.path("Export").path("Name")))
        .sorted()
        .findFirst()
        .map(export ->
            change.because(
                Risk.REFUSED,
                "it stands behind the export %s, which CloudFormation does not change while"
                        .formatted(export)
                    + " another stack imports it"))
        .orElse(change);
  }

  private Stream<Difference> sections() {
    return Trees.names(before, after).stream()
        .filter(section -> !section.equals("Resources"))
        .flatMap(section -> section(section, before.path(section), after.path(section)));
  }

  private Stream<Difference> section(String section, JsonNode was, JsonNode becomes) {
    if (!was.isObject() && !becomes.isObject()) {
      return was.equals(becomes) ? Stream.of() : Stream.of(part(section, section, was, becomes));
    }
    return Trees.names(was, becomes).stream()
        .filter(name -> !was.path(name).equals(becomes.path(name)))
        .map(name -> part(section, name, was.path(name), becomes.path(name)));
  }

  private Difference part(String section, String name, JsonNode was, JsonNode becomes) {
    var act = Trees.act(was, becomes);
    var kind = section.endsWith("s") ? section.substring(0, section.length() - 1) : section;
    var change = Difference.of(Area.STACKS, act, file, name, kind);
    if (act == Act.CHANGED) {
      var changed = change.with(FieldChanges.between(wrapped(was), wrapped(becomes)));
      return section.equals("Parameters") ? Ranges.judged(changed, "Default") : changed;
    }
    return act == Act.REMOVED && was.has("Export")
        ? change
            .risking(Risk.REFUSED)
            .noting("CloudFormation removes no export while another stack imports it")
        : change;
  }

  private static JsonNode wrapped(JsonNode value) {
    return value.isObject() ? value : JsonNodeFactory.instance.objectNode().set("value", value);
  }
}
