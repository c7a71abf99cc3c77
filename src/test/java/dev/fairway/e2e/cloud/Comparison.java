package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.e2e.cloud.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.StreamSupport;

/**
 * Compares what a template wants with what an API says. More than what is wanted is no difference:
 * an API answers defaults. Lists mean the same in any order, texts and numbers by how they are
 * written.
 */
final class Comparison {
  /** What tells an element of a list of objects from the others. */
  private static final List<String> KEYS =
      List.of(
          "Key",
          "Sid",
          "PolicyName",
          "LifecycleHookName",
          "LoadBalancerPort",
          "DeviceName",
          "ResourceType",
          "InstanceType",
          "Cidr",
          "Id",
          "Name",
          "Description");

  /** Makes a finding of a path, a kind, and the two values. */
  interface Report {
    Finding of(String path, Kind kind, JsonNode wanted, JsonNode actual);
  }

  private final Report report;
  private final List<Finding> findings = new ArrayList<>();

  private Comparison(Report report) {
    this.report = report;
  }

  /** One finding for each leaf that is wanted. */
  static List<Finding> of(JsonNode wanted, JsonNode actual, Report report) {
    var comparison = new Comparison(report);
    comparison.compare("", wanted, actual);
    return comparison.findings;
  }

  private void compare(String path, JsonNode wanted, JsonNode actual) {
    if (wanted.isObject()) {
      compareObjects(path, wanted, actual);
    } else if (wanted.isArray()) {
      compareLists(path, wanted, actual);
    } else {
      add(path, isSame(wanted, actual) ? Kind.EQUAL : Kind.DIFFERS, wanted, actual);
    }
  }

  private void compareObjects(String path, JsonNode wanted, JsonNode actual) {
    if (!actual.isObject()) {
      add(path, Kind.DIFFERS, wanted, actual);
      return;
    }
    for (var member : wanted.properties()) {
      var below = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      if (actual.has(member.getKey())) {
        compare(below, member.getValue(), actual.get(member.getKey()));
      } else if (!isEmpty(member.getValue())) {
        add(below, Kind.NOT_ANSWERED, member.getValue(), actual);
      }
    }
  }

  private void compareLists(String path, JsonNode wanted, JsonNode actual) {
    // A policy's list of one is also written without the list.
    if (!actual.isArray() && wanted.size() == 1) {
      compare(path, wanted.get(0), actual);
    } else if (actual.size() != wanted.size()) {
      add(path, Kind.DIFFERS, wanted, actual);
    } else if (StreamSupport.stream(wanted.spliterator(), false).allMatch(JsonNode::isObject)) {
      compareElements(path, wanted, actual);
    } else {
      boolean isSame = sorted(wanted).equals(sorted(actual));
      add(path, isSame ? Kind.EQUAL : Kind.DIFFERS, wanted, actual);
    }
  }

  private void compareElements(String path, JsonNode wanted, JsonNode actual) {
    var partner =
        KEYS.stream()
            .filter(key -> tells(wanted, key) && tells(actual, key))
            .findFirst()
            .<BiFunction<Integer, JsonNode, Optional<JsonNode>>>map(
                key -> (_, element) -> partner(actual, key, element.get(key)))
            .orElse((index, _) -> Optional.of(actual.get(index)));
    for (int i = 0; i < wanted.size(); i++) {
      var element = wanted.get(i);
      var other = partner.apply(i, element);
      if (other.isPresent()) {
        compare(path, element, other.get());
      } else {
        add(path, Kind.DIFFERS, element, actual);
      }
    }
  }

  private static boolean tells(JsonNode list, String key) {
    return StreamSupport.stream(list.spliterator(), false)
                .map(e -> e.path(key).asText())
                .distinct()
                .count()
            == list.size()
        && list.path(0).has(key);
  }

  private static Optional<JsonNode> partner(JsonNode list, String key, JsonNode value) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(element -> isSame(value, element.path(key)))
        .findFirst();
  }

  private static List<String> sorted(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(Comparison::text).sorted().toList();
  }

  private static boolean isSame(JsonNode wanted, JsonNode actual) {
    return text(wanted).equals(text(actual));
  }

  private static String text(JsonNode node) {
    if (node.isObject()) {
      var members = new TreeMap<String, String>();
      node.properties().forEach(member -> members.put(member.getKey(), text(member.getValue())));
      return members.toString();
    }
    return node.isArray() ? sorted(node).toString() : node.asText();
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isContainerNode() && node.isEmpty();
  }

  private void add(String path, Kind kind, JsonNode wanted, JsonNode actual) {
    findings.add(report.of(path, kind, wanted, actual));
  }
}
