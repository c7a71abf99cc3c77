package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.release.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which statements two states of a template allow and deny, role by role. */
final class PolicyDiff {
  private PolicyDiff() {}

  static List<Difference> between(String file, JsonNode before, JsonNode after) {
    var was = policies(before);
    var becomes = policies(after);
    var owners = new TreeSet<>(was.keySet());
    owners.addAll(becomes.keySet());
    var statements =
        owners.stream()
            .flatMap(owner ->
                statements(
                    file,
                    owner,
                    was.getOrDefault(owner, List.of()),
                    becomes.getOrDefault(owner, List.of()))
                    .stream());
    return Stream.concat(statements, Attachments.between(file, before, after)).toList();
  }

  /** Statements by whose they are; names of inline policies mean nothing to who is allowed. */
  private static SortedMap<Owner, List<JsonNode>> policies(JsonNode template) {
    var policies = new TreeMap<Owner, List<JsonNode>>();
    for (var resource : template.path("Resources").properties()) {
      collect(resource.getKey(), "", resource.getValue().path("Properties"), policies);
    }
    return policies;
  }

  private static void collect(
      String id, String property, JsonNode tree, SortedMap<Owner, List<JsonNode>> found) {
    if (tree.isArray()) {
      tree.forEach(item -> collect(id, property, item, found));
    } else if (isPolicy(tree)) {
      var statements = found.computeIfAbsent(new Owner(id, property), _ -> new ArrayList<>());
      Intrinsics.items(tree.path("Statement")).forEach(statements::add);
    } else if (tree.isObject()) {
      tree.properties().forEach(entry -> collect(id, entry.getKey(), entry.getValue(), found));
    }
  }

  /** One statement may stand alone, which is no list then. */
  private static boolean isPolicy(JsonNode tree) {
    var statement = tree.path("Statement");
    return tree.isObject()
        && (statement.isArray() || statement.has("Effect") || statement.has("Fn::If"));
  }

  /**
   * @param property that holds the policy, such as {@code AssumeRolePolicyDocument}
   */
  private record Owner(String id, String property) implements Comparable<Owner> {
    String kind() {
      return property.equals("AssumeRolePolicyDocument") ? "trust statement" : "statement";
    }

    @Override
    public int compareTo(Owner other) {
      var byId = id.compareTo(other.id);
      return byId != 0 ? byId : property.compareTo(other.property);
    }
  }

  private static List<Difference> statements(
      String file, Owner owner, List<JsonNode> before, List<JsonNode> after) {
    var removed = new ArrayList<>(before.stream().map(PolicyDiff::meaning).toList());
    var added = new ArrayList<ObjectNode>();
    for (var statement : after) {
      if (!removed.remove(meaning(statement))) {
        added.add(meaning(statement));
      }
    }
    var found = new ArrayList<Difference>();
    for (var statement : removed) {
      closest(statement, added)
          .ifPresentOrElse(
              other -> {
                added.remove(other);
                found.add(narrowed(file, owner, statement, other));
              },
              () -> found.add(whole(Act.REMOVED, file, owner, statement)));
    }
    added.forEach(statement -> found.add(whole(Act.ADDED, file, owner, statement)));
    return found;
  }

  /** Without its name, and its actions in order: neither says what is allowed. */
  private static ObjectNode meaning(JsonNode statement) {
    ObjectNode meaning = statement.deepCopy();
    meaning.remove("Sid");
    if (meaning.path("Action").isArray()) {
      var actions = meaning.putArray("Action");
      actions(statement).forEach(actions::add);
    }
    return meaning;
  }

  /** The one that differs in its actions only. */
  private static Optional<ObjectNode> closest(ObjectNode statement, List<ObjectNode> others) {
    return others.stream()
        .filter(other -> withoutActions(other).equals(withoutActions(statement)))
        .findFirst();
  }

  private static ObjectNode withoutActions(ObjectNode statement) {
    return statement.deepCopy().without("Action");
  }

  private static SortedSet<String> actions(JsonNode statement) {
    var actions = new TreeSet<String>();
    var given = statement.path("Action");
    if (given.isTextual()) {
      actions.add(given.asText());
    }
    given.forEach(action -> actions.add(action.asText()));
    return actions;
  }

  private static Difference narrowed(
      String file, Owner owner, ObjectNode before, ObjectNode after) {
    var fields = new ArrayList<FieldChange>();
    var was = actions(before);
    var becomes = actions(after);
    was.stream()
        .filter(action -> !becomes.contains(action))
        .forEach(action -> fields.add(action(Optional.of(action), Optional.empty())));
    becomes.stream()
        .filter(action -> !was.contains(action))
        .forEach(action -> fields.add(action(Optional.empty(), Optional.of(action))));
    var widens = isAllow(after) ? !was.containsAll(becomes) : !becomes.containsAll(was);
    var change =
        Difference.changed(
            Area.IAM, file, owner.id(), owner.kind(), fields.stream().sorted().toList());
    return (widens ? change.risking(Risk.WIDER_ACCESS) : change)
        .noting(withoutActions(after).path("Effect").asText() + " on " + on(after));
  }

  private static FieldChange action(Optional<String> was, Optional<String> becomes) {
    return new FieldChange("Action", was, becomes);
  }

  private static Difference whole(Act act, String file, Owner owner, ObjectNode statement) {
    var change =
        Difference.of(Area.IAM, act, file, owner.id(), owner.kind())
            .with(List.of(whole(act, statement)));
    var isWider = (act == Act.ADDED) == isAllow(statement);
    return (isWider ? change.risking(Risk.WIDER_ACCESS) : change).noting(shown(statement));
  }

  private static FieldChange whole(Act act, ObjectNode statement) {
    var text = Optional.of(CanonicalJson.sorted(statement).toString());
    return new FieldChange(
        "Statement",
        act == Act.ADDED ? Optional.empty() : text,
        act == Act.ADDED ? text : Optional.empty());
  }

  private static boolean isAllow(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow");
  }

  /** In one line: {@code Allow s3:GetObject on arn:..., if StringEquals}. */
  private static String shown(ObjectNode statement) {
    var actions =
        statement.has("Action")
            ? String.join(", ", actions(statement))
            : "all but " + Intrinsics.shown(statement.path("NotAction"));
    return statement.path("Effect").asText() + " " + actions + " on " + on(statement);
  }

  private static String on(JsonNode statement) {
    var words = new ArrayList<String>();
    if (statement.has("Resource")) {
      words.add(Intrinsics.shown(statement.path("Resource")));
    }
    if (statement.has("NotResource")) {
      words.add("all but " + Intrinsics.shown(statement.path("NotResource")));
    }
    if (words.isEmpty()) {
      words.add("itself");
    }
    var principal = statement.path("Principal");
    if (principal.isTextual()) {
      words.add("for " + principal.asText());
    }
    principal.properties().forEach(entry -> words.add("for " + Intrinsics.shown(entry.getValue())));
    if (statement.has("Condition")) {
      words.add("if " + conditions(statement.path("Condition")));
    }
    return String.join(", ", words);
  }

  private static String conditions(JsonNode condition) {
    var words = new ArrayList<String>();
    for (var operator : condition.properties()) {
      for (var key : operator.getValue().properties()) {
        words.add(
            "%s %s %s"
                .formatted(key.getKey(), operator.getKey(), Intrinsics.shown(key.getValue())));
      }
    }
    return String.join(" and ", words);
  }

  /** The statements of a stack policy, which guards a stack from its own updates. */
  static List<Difference> stackPolicy(String file, JsonNode before, JsonNode after) {
    var factory = JsonNodeFactory.instance;
    var was = factory.objectNode();
    var becomes = factory.objectNode();
    was.putObject("Resources").putObject("stack policy").putObject("Properties").set("p", before);
    becomes
        .putObject("Resources")
        .putObject("stack policy")
        .putObject("Properties")
        .set("p", after);
    return between(file, was, becomes);
  }
}
