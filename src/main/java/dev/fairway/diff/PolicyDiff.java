package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
  private static SortedMap<Owner, List<Statement>> policies(JsonNode template) {
    var policies = new TreeMap<Owner, List<Statement>>();
    for (var resource : template.path("Resources").properties()) {
      var properties = new Branch(resource.getValue().path("Properties"), Switch.NONE);
      collect(new Owner(resource.getKey(), ""), properties, policies);
    }
    return policies;
  }

  private static void collect(Owner owner, Branch branch, SortedMap<Owner, List<Statement>> found) {
    var tree = branch.tree();
    if (tree.isArray()) {
      tree.forEach(item -> collect(owner, new Branch(item, branch.on()), found));
    } else if (Branch.isIf(tree)) {
      Branch.of(tree, branch.on()).forEach(it -> collect(owner, it, found));
    } else if (isPolicy(tree)) {
      var statements = found.computeIfAbsent(owner, _ -> new ArrayList<>());
      Branch.items(tree.path("Statement"), branch.on()).stream()
          .map(Statement::of)
          .forEach(statements::add);
    } else if (tree.isObject()) {
      tree.properties()
          .forEach(entry ->
              collect(
                  new Owner(owner.id(), entry.getKey()),
                  new Branch(entry.getValue(), branch.on()),
                  found));
    }
  }

  /** One statement may stand alone, which is no list then. */
  private static boolean isPolicy(JsonNode tree) {
    var statement = tree.path("Statement");
    return tree.isObject()
        && (statement.isArray() || statement.has("Effect") || Branch.isIf(statement));
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
      String file, Owner owner, List<Statement> before, List<Statement> after) {
    var removed = before.stream().filter(it -> after.stream().noneMatch(it::isKeptIn)).toList();
    var added =
        new ArrayList<>(
            after.stream().filter(it -> before.stream().noneMatch(it::isKeptIn)).toList());
    var found = new ArrayList<Difference>();
    for (var statement : removed) {
      closest(statement, added)
          .ifPresentOrElse(
              other -> {
                added.remove(other);
                var fields = actions(statement.actions(), other.actions());
                var change = Difference.changed(Area.IAM, file, owner.id(), owner.kind(), fields);
                found.add(
                    risking(change, isWider(statement, after) || isWider(before, other))
                        .noting(other.effect() + " on " + on(other.meaning())));
              },
              () ->
                  found.add(whole(Act.REMOVED, file, owner, statement, isWider(statement, after))));
    }
    added.forEach(statement ->
        found.add(whole(Act.ADDED, file, owner, statement, isWider(before, statement))));
    return found;
  }

  /** Whether a statement may deny what none of the later ones denies. */
  private static boolean isWider(Statement before, List<Statement> after) {
    return before.mayDeny() && !before.isHeldBy(after);
  }

  /** Whether a statement may allow what none of the earlier ones allowed. */
  private static boolean isWider(List<Statement> before, Statement after) {
    return after.mayAllow() && !after.isHeldBy(before);
  }

  private static Difference risking(Difference change, boolean isWider) {
    return isWider ? change.risking(Risk.WIDER_ACCESS) : change;
  }

  /** The one that differs in its actions only. */
  private static Optional<Statement> closest(Statement statement, List<Statement> others) {
    return others.stream()
        .filter(other -> other.on().equals(statement.on()))
        .filter(other -> !other.meaning().equals(statement.meaning()))
        .filter(other -> other.withoutActions().equals(statement.withoutActions()))
        .findFirst();
  }

  private static List<FieldChange> actions(SortedSet<String> was, SortedSet<String> becomes) {
    var fields = new ArrayList<FieldChange>();
    was.stream()
        .filter(action -> !becomes.contains(action))
        .forEach(action -> fields.add(action(Optional.of(action), Optional.empty())));
    becomes.stream()
        .filter(action -> !was.contains(action))
        .forEach(action -> fields.add(action(Optional.empty(), Optional.of(action))));
    return fields.stream().sorted().toList();
  }

  private static FieldChange action(Optional<String> was, Optional<String> becomes) {
    return new FieldChange("Action", was, becomes);
  }

  private static Difference whole(
      Act act, String file, Owner owner, Statement statement, boolean isWider) {
    var change =
        Difference.of(Area.IAM, act, file, owner.id(), owner.kind())
            .with(List.of(whole(act, statement.meaning())));
    return risking(change, isWider).noting(shown(statement));
  }

  private static FieldChange whole(Act act, JsonNode statement) {
    var text = Optional.of(CanonicalJson.sorted(statement).toString());
    return new FieldChange(
        "Statement",
        act == Act.ADDED ? Optional.empty() : text,
        act == Act.ADDED ? text : Optional.empty());
  }

  /** In one line: {@code Allow s3:GetObject on arn:..., if StringEquals}. */
  private static String shown(Statement statement) {
    var meaning = statement.meaning();
    var actions =
        meaning.has("Action")
            ? String.join(", ", statement.actions())
            : "all but " + Intrinsics.shown(meaning.path("NotAction"));
    return statement.effect() + " " + actions + " on " + on(meaning);
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
