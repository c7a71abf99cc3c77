package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What differs between two trees, by path. Items of a list are told apart by what names them, so
 * that one more in front does not change all that follow; there is a difference if and only if the
 * trees are not equal.
 */
final class FieldChanges {
  /** What names the items of lists in Kubernetes' objects, templates and Ignition. */
  private static final List<String> NAMES =
      List.of(
          "name",
          "Name",
          "Key",
          "path",
          "LifecycleHookName",
          "DeviceName",
          "PolicyName",
          "Sid",
          "key",
          "containerPort",
          "port",
          "mountPath",
          "topologyKey",
          "ResourceType",
          "LoadBalancerPort",
          "Cidr",
          "Id",
          "type");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern FLAG =
      Pattern.compile("(--?[A-Za-z0-9][A-Za-z0-9._-]*)=.*", Pattern.DOTALL);

  private final List<FieldChange> found = new ArrayList<>();

  private FieldChanges() {}

  static List<FieldChange> between(JsonNode before, JsonNode after) {
    var changes = new FieldChanges();
    changes.compare("", before, after);
    return changes.found.stream()
        .map(change -> change.path().startsWith(".") ? unrooted(change) : change)
        .sorted()
        .toList();
  }

  private static FieldChange unrooted(FieldChange change) {
    return new FieldChange(change.path().substring(1), change.was(), change.becomes());
  }

  private void compare(String path, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      for (var name : Trees.names(before, after)) {
        compare(path + step(name), before.path(name), after.path(name));
      }
    } else if (before.isArray() && after.isArray()) {
      lists(path, before, after);
    } else {
      found.add(new FieldChange(path, Trees.text(before), Trees.text(after)));
    }
  }

  private static String step(String name) {
    return PLAIN.matcher(name).matches() ? "." + name : "[\"" + name + "\"]";
  }

  private void lists(String path, JsonNode before, JsonNode after) {
    var known = found.size();
    var name = commonName(before, after);
    if (name.isPresent()) {
      named(path, named(before, name.get()), named(after, name.get()));
    } else {
      unnamed(path, before, after);
    }
    if (found.size() == known || isReordered(before, after, name)) {
      var order = path + "(order)";
      found.add(new FieldChange(order, order(before, name), order(after, name)));
    }
  }

  /** Whether what both have stands in another order, with flags by what they are called too. */
  private static boolean isReordered(JsonNode before, JsonNode after, Optional<String> name) {
    return name.map(it -> isReordered(before, after, item -> item.path(it).asText()))
        .orElseGet(() ->
            isReordered(before, after, JsonNode::toString)
                || isReordered(before, after, item -> flag(item).orElseGet(item::toString)));
  }

  private static boolean isReordered(
      JsonNode before, JsonNode after, Function<JsonNode, String> called) {
    var was = before.valueStream().map(called).toList();
    var becomes = after.valueStream().map(called).toList();
    var rest = new ArrayList<>(was);
    var common = becomes.stream().filter(rest::remove).count();
    // One that both have is in order with one at most.
    return common > 1
        && common
            > LineDiff.between(was, becomes).lines().stream()
                .filter(line -> line.kind() == LineDiff.Kind.SAME)
                .count();
  }

  /** In which order it stands: the names say it where there are names. */
  private static Optional<String> order(JsonNode list, Optional<String> name) {
    return name.map(it -> String.join(", ", named(list, it).sequencedKeySet()))
        .or(() -> Trees.text(list));
  }

  private static Optional<String> commonName(JsonNode before, JsonNode after) {
    return NAMES.stream()
        .filter(name -> areNamed(before, name) && areNamed(after, name))
        .findFirst();
  }

  private static boolean areNamed(JsonNode list, String name) {
    var seen = new TreeSet<String>();
    return StreamSupport.stream(list.spliterator(), false)
        .allMatch(item ->
            item.isObject() && item.path(name).isValueNode() && seen.add(item.path(name).asText()));
  }

  private static SequencedMap<String, JsonNode> named(JsonNode list, String name) {
    var items = new LinkedHashMap<String, JsonNode>();
    list.forEach(item -> items.put("[" + name + "=" + item.path(name).asText() + "]", item));
    return items;
  }

  private void named(String path, Map<String, JsonNode> before, Map<String, JsonNode> after) {
    var missing = MissingNode.getInstance();
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (var name : names) {
      compare(path + name, before.getOrDefault(name, missing), after.getOrDefault(name, missing));
    }
  }

  /** What both have, in whatever order, stays; of the rest, flags go with their likes. */
  private void unnamed(String path, JsonNode before, JsonNode after) {
    var removed = new ArrayList<JsonNode>();
    before.forEach(removed::add);
    var added = new ArrayList<JsonNode>();
    after.forEach(item -> {
      if (!removed.remove(item)) {
        added.add(item);
      }
    });
    flags(path, removed, added);
    if (removed.size() == added.size()) {
      for (var index = 0; index < added.size(); index++) {
        compare(path + "[]", removed.get(index), added.get(index));
      }
    } else {
      removed.forEach(
          item -> found.add(new FieldChange(path + "[]", Trees.text(item), Optional.empty())));
      added.forEach(
          item -> found.add(new FieldChange(path + "[]", Optional.empty(), Trees.text(item))));
    }
  }

  private void flags(String path, List<JsonNode> removed, List<JsonNode> added) {
    for (var item : List.copyOf(removed)) {
      var flag = flag(item);
      added.stream()
          .filter(other -> flag.isPresent() && flag(other).equals(flag))
          .findFirst()
          .ifPresent(other -> {
            removed.remove(item);
            added.remove(other);
            found.add(
                new FieldChange(
                    path + "[" + flag.get() + "]",
                    Optional.of(value(item, flag.get())),
                    Optional.of(value(other, flag.get()))));
          });
    }
  }

  private static Optional<String> flag(JsonNode item) {
    var matcher = FLAG.matcher(item.isTextual() ? item.asText() : "");
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String value(JsonNode item, String flag) {
    return item.asText().substring(flag.length() + 1);
  }
}
