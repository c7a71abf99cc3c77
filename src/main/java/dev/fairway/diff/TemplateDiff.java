package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
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
  private final Values values;

  private TemplateDiff(String file, JsonNode before, JsonNode after, Turned turned, Values values) {
    this.file = file;
    this.before = turned.before(before);
    this.after = turned.after(after);
    this.turned = turned;
    this.values = values;
  }

  /** The template's changes; a missing node stands for a template that is not there. */
  static List<Difference> between(
      String file, JsonNode before, JsonNode after, Turned turned, Values values) {
    return new TemplateDiff(file, before, after, turned, values).differences();
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
    OutputDiff.between(file, before, after, values).forEach(all::add);
    return all;
  }

  private Optional<Difference> resource(String id, JsonNode was, JsonNode becomes) {
    var mayGo = turned.maybeOff().contains(id);
    if (was.equals(becomes) && !mayGo) {
      return Optional.empty();
    }
    var act = Trees.act(was, becomes);
    var type = (act == Act.REMOVED ? was : becomes).path("Type").asText();
    if (act == Act.CHANGED && !mayGo && ResourceChange.isAlike(was, becomes)) {
      return Optional.empty();
    }
    var change = Difference.of(Area.STACKS, act, file, id, type);
    var judged =
        switch (act) {
          case ADDED -> added(change, becomes);
          case REMOVED -> ResourceChange.removed(change, was);
          case CHANGED -> ResourceChange.changed(change, was, becomes);
        };
    var whole = turned.why(id).map(judged::alsoNoting).orElse(judged);
    return Optional.of(mayGo ? ResourceChange.mayGo(whole, was, becomes) : whole);
  }

  /** A route more of a table that others use is theirs. */
  private Difference added(Difference change, JsonNode becomes) {
    var properties = becomes.path("Properties");
    return Intrinsics.references(properties.path("RouteTableId")).stream()
            .anyMatch(before.path("Resources")::has)
        ? Weakened.judged(change, MissingNode.getInstance(), properties)
        : change;
  }

  /** What comes to another value where it can't be changed is replaced, as what it refers to is. */
  private void follow(Map<String, Difference> found) {
    var own = Map.copyOf(found);
    var led = new TreeMap<String, Fate>();
    boolean grown;
    do {
      grown = false;
      for (var id : Trees.names(after.path("Resources"), MissingNode.getInstance())) {
        var known = led.getOrDefault(id, Fate.KEPT).or(replacing(fate(found, id)));
        var lead = lead(id, found).filter(it -> it.fate().compareTo(known) > 0);
        if (lead.isPresent()) {
          found.put(id, follower(Optional.ofNullable(own.get(id)), id, lead.get()));
          led.put(id, lead.get().fate());
          grown = true;
        }
      }
    } while (grown);
  }

  /** What some lose may be replaced for the others. */
  private static Fate replacing(Fate fate) {
    return fate.isReplacing() ? fate : Fate.KEPT;
  }

  private static Fate fate(Map<String, Difference> found, String id) {
    return Optional.ofNullable(found.get(id)).map(Difference::fate).orElse(Fate.KEPT);
  }

  private Optional<Lead> lead(String id, Map<String, Difference> found) {
    if (!before.path("Resources").has(id)) {
      return Optional.empty();
    }
    var resource = after.path("Resources").path(id);
    var type = resource.path("Type").asText();
    return resource.path("Properties").properties().stream()
        .filter(property -> CreateOnly.table().isFixed(type, property.getKey()))
        .flatMap(property ->
            Stream.concat(
                Stream.of(lead(type, property.getKey(), "", comesTo(id, property.getKey()))),
                Intrinsics.references(property.getValue()).stream()
                    .map(it -> lead(type, property.getKey(), it, fate(found, it)))))
        .filter(lead -> lead.fate().isReplacing())
        .min(Lead.ORDER);
  }

  /** What another value of a property that is written as before does. */
  private Fate comesTo(String id, String property) {
    var was = before.path("Resources").path(id).path("Properties").path(property);
    var becomes = after.path("Resources").path(id).path("Properties").path(property);
    return was.isContainerNode() && was.equals(becomes) ? values.fate(was, becomes) : Fate.KEPT;
  }

  private static Lead lead(String type, String property, String id, Fate fate) {
    return new Lead(property, CreateOnly.table().risk(type, property), id, fate);
  }

  private Difference follower(Optional<Difference> own, String id, Lead lead) {
    var was = before.path("Resources").path(id);
    var becomes = after.path("Resources").path(id);
    var type = becomes.path("Type").asText();
    var change = own.orElseGet(() -> Difference.of(Area.STACKS, Act.CHANGED, file, id, type));
    Predicate<JsonNode> isRenewed =
        value -> lead.renews(value) || values.fate(value, value) == Fate.REPLACED;
    return ResourceChange.following(change, lead, was, becomes, isRenewed).alsoNoting(lead.why());
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
        .filter(section -> !section.equals("Resources") && !section.equals("Outputs"))
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
    if (act != Act.CHANGED) {
      return change;
    }
    var changed = change.with(FieldChanges.between(wrapped(was), wrapped(becomes)));
    return section.equals("Parameters") ? Ranges.judged(changed, "Default") : changed;
  }

  private static JsonNode wrapped(JsonNode value) {
    return value.isObject() ? value : JsonNodeFactory.instance.objectNode().set("value", value);
  }
}
