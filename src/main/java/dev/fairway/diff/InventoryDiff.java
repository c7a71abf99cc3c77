package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Two inventories: images, listeners, and by component its role, accounts, ports and RBAC. What
 * they say of statements and ways is in the templates too, which have the last word; of those only
 * the written reasons are compared here.
 */
final class InventoryDiff {
  static final String FILE = "inventory.json";

  private final JsonNode before;
  private final JsonNode after;

  private InventoryDiff(JsonNode before, JsonNode after) {
    this.before = before;
    this.after = after;
  }

  static List<Difference> between(JsonNode before, JsonNode after) {
    var diff = new InventoryDiff(before, after);
    return Stream.of(
            diff.images(), diff.listeners(), diff.components(), diff.rbac(), diff.reasons())
        .flatMap(stream -> stream)
        .toList();
  }

  private Stream<Difference> images() {
    var was = images(before);
    var becomes = images(after);
    return changes(Area.IMAGES, "image", was, becomes).map(InventoryDiff::repointed);
  }

  /** The same tag for other bytes is what nobody expects of a tag. */
  private static Difference repointed(Difference change) {
    var surprising =
        change.fields().stream()
            .anyMatch(field ->
                tag(field.was()).isPresent() && tag(field.was()).equals(tag(field.becomes())));
    return surprising ? change.noting("the tag now stands for another digest") : change;
  }

  private static Optional<String> tag(Optional<String> version) {
    return version
        .filter(text -> text.contains("@"))
        .map(text -> text.substring(0, text.indexOf('@')));
  }

  /** Tags and digests by repository. */
  private static SortedMap<String, String> images(JsonNode inventory) {
    var images = new TreeMap<String, String>();
    for (var image : inventory.path("images")) {
      var text = image.asText();
      var name = text.contains("@") ? text.substring(0, text.indexOf('@')) : text;
      var colon = name.lastIndexOf(':');
      var cut = colon > name.lastIndexOf('/') ? colon : name.length();
      var version = text.substring(cut).replaceFirst("^:", "");
      images.merge(text.substring(0, cut), version, (one, other) -> one + ", " + other);
    }
    return images;
  }

  private Stream<Difference> listeners() {
    return changes(Area.PORTS, "listener", listeners(before), listeners(after))
        .map(change -> change.act() == Act.ADDED ? change.risking(Risk.WIDER_ACCESS) : change);
  }

  private static SortedMap<String, String> listeners(JsonNode inventory) {
    var listeners = new TreeMap<String, String>();
    for (var listener : inventory.path("listeners")) {
      listeners.put(
          "load balancer " + listener.path("port").asText(),
          "%s to %s/%s"
              .formatted(
                  listener.path("protocol").asText(),
                  listener.path("instancePort").asText(),
                  listener.path("instanceProtocol").asText()));
    }
    return listeners;
  }

  private Stream<Difference> components() {
    var found = new ArrayList<Difference>();
    for (var name : Trees.names(before.path("components"), after.path("components"))) {
      var was = before.path("components").path(name);
      var becomes = after.path("components").path(name);
      part(Area.ROLES, name, "role", was, becomes).ifPresent(found::add);
      part(Area.ROLES, name, "accounts", was, becomes).ifPresent(found::add);
      part(Area.PORTS, name, "ports", was, becomes).ifPresent(found::add);
      part(Area.IMAGES, name, "images", was, becomes)
          .map(change -> change.noting("which images the component runs"))
          .filter(_ -> !before.path("images").equals(after.path("images")) || isKept(was, becomes))
          .ifPresent(found::add);
    }
    return found.stream();
  }

  private static boolean isKept(JsonNode was, JsonNode becomes) {
    return was.isObject() && becomes.isObject();
  }

  private static Optional<Difference> part(
      Area area, String component, String part, JsonNode was, JsonNode becomes) {
    var left = wrapped(part, was.path(part));
    var right = wrapped(part, becomes.path(part));
    return left.equals(right)
        ? Optional.empty()
        : Optional.of(
            Difference.changed(area, FILE, component, part, FieldChanges.between(left, right)));
  }

  /** Nothing and an empty list are the same. */
  private static ObjectNode wrapped(String name, JsonNode value) {
    var object = JsonNodeFactory.instance.objectNode();
    if (!value.isMissingNode() && !(value.isContainerNode() && value.isEmpty())) {
      object.set(name, value);
    }
    return object;
  }

  private Stream<Difference> rbac() {
    var was = rbac(before);
    var becomes = rbac(after);
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    return names.stream()
        .filter(name -> !was.getOrDefault(name, none()).equals(becomes.getOrDefault(name, none())))
        .map(
            name -> rbac(name, was.getOrDefault(name, none()), becomes.getOrDefault(name, none())));
  }

  private static Difference rbac(String name, JsonNode was, JsonNode becomes) {
    var act = was.isEmpty() ? Act.ADDED : becomes.isEmpty() ? Act.REMOVED : Act.CHANGED;
    // The manifests say what is risky about it.
    return Difference.of(Area.ROLES, act, FILE, name, "RBAC")
        .with(FieldChanges.between(was, becomes))
        .harmless();
  }

  private static JsonNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static SortedMap<String, JsonNode> rbac(JsonNode inventory) {
    var rbac = new TreeMap<String, JsonNode>();
    for (var component : inventory.path("rbac").properties()) {
      for (var object : component.getValue().properties()) {
        rbac.put(component.getKey() + ": " + object.getKey(), object.getValue());
      }
    }
    return rbac;
  }

  /** Why something may be wide, or is open: what is allowed stays as it is. */
  private Stream<Difference> reasons() {
    return Stream.concat(
            changes(Area.IAM, "reason", wildcards(before), wildcards(after)),
            changes(Area.NETWORK, "reason", reach(before), reach(after)))
        .filter(change -> change.act() == Act.CHANGED);
  }

  private static SortedMap<String, String> wildcards(JsonNode inventory) {
    var reasons = new TreeMap<String, String>();
    for (var template : inventory.path("policies").properties()) {
      for (var policy : template.getValue().properties()) {
        for (var statement : policy.getValue()) {
          var reason = Trees.text(statement.path("WildcardReason")).orElse("");
          var meaning =
              statement instanceof ObjectNode object
                  ? object.deepCopy().without("WildcardReason")
                  : statement;
          reasons.put(template.getKey() + " " + policy.getKey() + " " + meaning, reason);
        }
      }
    }
    return reasons;
  }

  private static SortedMap<String, String> reach(JsonNode inventory) {
    var reasons = new TreeMap<String, String>();
    for (var rule : inventory.path("reach")) {
      reasons.put(
          "%s %s %s/%s %s"
              .formatted(
                  rule.path("group").asText(),
                  rule.path("direction").asText(),
                  rule.path("ports").asText(),
                  rule.path("protocol").asText(),
                  Intrinsics.shown(rule.path("peer"))),
          rule.path("reason").asText());
    }
    return reasons;
  }

  private static Stream<Difference> changes(
      Area area, String kind, SortedMap<String, String> was, SortedMap<String, String> becomes) {
    return NamedChanges.between(area, FILE, kind, was, becomes);
  }
}
