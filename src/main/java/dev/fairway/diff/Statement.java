package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A statement of a policy.
 *
 * @param meaning without its name, which says nothing of what is allowed, and with its lists in
 *     order
 * @param on where it holds
 */
record Statement(JsonNode meaning, Switch on) {
  /** One of them alone means the same as a list of one. */
  private static final List<String> LISTS =
      List.of("Action", "NotAction", "NotResource", "Resource");

  private static final List<String> PRINCIPALS = List.of("NotPrincipal", "Principal");

  /** What may say less in one of two statements and be judged all the same. */
  private static final List<String> JUDGED =
      List.of("Action", "Condition", "Principal", "Resource");

  static Statement of(Branch branch) {
    if (!branch.tree().isObject()) {
      return new Statement(branch.tree(), branch.on());
    }
    ObjectNode meaning = branch.tree().deepCopy();
    meaning.remove("Sid");
    LISTS.stream()
        .filter(meaning::has)
        .forEach(name -> meaning.set(name, ordered(meaning.path(name))));
    PRINCIPALS.stream()
        .filter(name -> meaning.path(name).isObject() && !Branch.isIf(meaning.path(name)))
        .forEach(name -> meaning.set(name, orderedMembers(meaning.path(name))));
    return new Statement(meaning, branch.on());
  }

  private static JsonNode orderedMembers(JsonNode object) {
    var ordered = JsonNodeFactory.instance.objectNode();
    object.properties().forEach(it -> ordered.set(it.getKey(), ordered(it.getValue())));
    return ordered;
  }

  private static JsonNode ordered(JsonNode value) {
    var ordered = JsonNodeFactory.instance.arrayNode();
    var items = value.isArray() ? value.valueStream() : List.of(value).stream();
    items
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .distinct()
        .forEach(ordered::add);
    return ordered;
  }

  boolean isKeptIn(Statement other) {
    return meaning.equals(other.meaning) && on.staysIn(other.on);
  }

  SortedSet<String> actions() {
    var actions = new TreeSet<String>();
    meaning.path("Action").forEach(action -> actions.add(Intrinsics.shown(action)));
    return actions;
  }

  JsonNode withoutActions() {
    return meaning instanceof ObjectNode object ? object.deepCopy().without("Action") : meaning;
  }

  /** What is decided elsewhere may come to it. */
  boolean mayAllow() {
    return !effect().equals("Deny");
  }

  boolean mayDeny() {
    return !effect().equals("Allow");
  }

  String effect() {
    var effect = meaning.path("Effect");
    return effect.isTextual() ? effect.asText() : "Allow or Deny";
  }

  /** Whether all that it says is surely said by the others too, wherever it holds. */
  boolean isHeldBy(List<Statement> others) {
    var candidates = others.stream().filter(this::mayBeHeldBy).toList();
    return !candidates.isEmpty()
        && parts("Action").stream()
            .allMatch(action ->
                parts("Resource").stream()
                    .allMatch(resource ->
                        candidates.stream()
                            .anyMatch(
                                it -> it.has("Action", action) && it.has("Resource", resource))));
  }

  /** Of what it says nothing is told by a part that no list has. */
  private List<JsonNode> parts(String name) {
    var parts = new ArrayList<JsonNode>();
    meaning.path(name).forEach(parts::add);
    return parts.isEmpty() ? List.of(meaning.path(name)) : parts;
  }

  private boolean has(String name, JsonNode part) {
    return parts(name).stream()
        .anyMatch(it ->
            it.equals(part)
                || (name.equals("Action")
                    ? Wildcards.holdsAction(it, part)
                    : Wildcards.holdsResource(it, part)));
  }

  /** Whether but for actions and resources it is said as widely there. */
  private boolean mayBeHeldBy(Statement other) {
    var effects = meaning.path("Effect").isTextual() && effect().equals(other.effect());
    return effects
        && rest().equals(other.rest())
        && other.holdsPrincipals(this)
        && other.holdsConditions(this)
        && on.staysIn(other.on);
  }

  private JsonNode rest() {
    return ((ObjectNode) meaning).deepCopy().without(JUDGED);
  }

  private boolean holdsPrincipals(Statement other) {
    var mine = meaning.path("Principal");
    var its = other.meaning.path("Principal");
    return mine.equals(its)
        || (isPlain(mine)
            && isPlain(its)
            && its.properties().stream()
                .allMatch(it -> holds(mine.path(it.getKey()), it.getValue())));
  }

  private static boolean isPlain(JsonNode principals) {
    return principals.isObject() && !Branch.isIf(principals);
  }

  private static boolean holds(JsonNode list, JsonNode items) {
    var held = list.valueStream().toList();
    return items.valueStream().allMatch(held::contains);
  }

  /** Each condition more has it hold less often. */
  private boolean holdsConditions(Statement other) {
    var its = other.meaning.path("Condition");
    return meaning.path("Condition").properties().stream()
        .allMatch(it -> holdsCondition(it.getValue(), its.path(it.getKey())));
  }

  private static boolean holdsCondition(JsonNode wide, JsonNode narrow) {
    return wide.isObject()
        ? wide.properties().stream().allMatch(it -> it.getValue().equals(narrow.path(it.getKey())))
        : wide.equals(narrow);
  }
}
