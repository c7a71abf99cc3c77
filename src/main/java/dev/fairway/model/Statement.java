package dev.fairway.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A statement of an IAM policy.
 *
 * @param sid letters and digits, unique in its policy
 * @param principals of a resource's policy; empty in a role's
 * @param conditions by operator, then by key
 * @param wildcardReason why it has {@link #wildcards()}; required then
 */
public record Statement(
    String sid,
    Effect effect,
    Optional<Principal> principals,
    List<String> actions,
    List<Value> resources,
    SortedMap<String, SortedMap<String, List<Value>>> conditions,
    Optional<String> wildcardReason) {

  public enum Effect {
    ALLOW("Allow"),
    DENY("Deny");

    private final String iam;

    Effect(String iam) {
      this.iam = iam;
    }

    public String iam() {
      return iam;
    }
  }

  /** Whom a trust or resource policy speaks of. */
  public sealed interface Principal {
    /** Everybody; only ever with {@link Effect#DENY} or a condition. */
    record Everybody() implements Principal {}

    /** AWS services such as {@code ec2.amazonaws.com}. */
    record Services(List<String> names) implements Principal {
      public Services {
        names = List.copyOf(names);
      }
    }

    /** Roles, accounts and such, by ARN. */
    record Arns(List<Value> arns) implements Principal {
      public Arns {
        arns = List.copyOf(arns);
      }
    }
  }

  public Statement {
    if (!sid.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("not a statement id: " + sid);
    }
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    var copy = new TreeMap<String, SortedMap<String, List<Value>>>();
    conditions.forEach(
        (operator, keys) -> copy.put(operator, Collections.unmodifiableSortedMap(sorted(keys))));
    conditions = Collections.unmodifiableSortedMap(copy);
  }

  private static SortedMap<String, List<Value>> sorted(Map<String, List<Value>> keys) {
    var copy = new TreeMap<String, List<Value>>();
    keys.forEach((key, values) -> copy.put(key, List.copyOf(values)));
    return copy;
  }

  public static Statement allow(String sid, List<String> actions, List<Value> resources) {
    return new Statement(
        sid, Effect.ALLOW, Optional.empty(), actions, resources, new TreeMap<>(), Optional.empty());
  }

  public static Statement deny(String sid, List<String> actions, List<Value> resources) {
    return new Statement(
        sid, Effect.DENY, Optional.empty(), actions, resources, new TreeMap<>(), Optional.empty());
  }

  /** Actions that know no resources, or whose resources can't be named before they exist. */
  public static Statement allowOnAll(String sid, List<String> actions, String reason) {
    return allow(sid, actions, List.of(Value.of("*"))).because(reason);
  }

  public Statement principals(Principal principal) {
    return new Statement(
        sid, effect, Optional.of(principal), actions, resources, conditions, wildcardReason);
  }

  /** The same with one more condition. */
  public Statement when(String operator, String key, Value... values) {
    var more = new TreeMap<>(conditions);
    var keys = new TreeMap<>(more.getOrDefault(operator, new TreeMap<>()));
    keys.put(key, List.of(values));
    more.put(operator, keys);
    return new Statement(sid, effect, principals, actions, resources, more, wildcardReason);
  }

  public Statement because(String reason) {
    return new Statement(
        sid, effect, principals, actions, resources, conditions, Optional.of(reason));
  }

  /**
   * Actions with a {@code *}, and resources with one that nothing of the cluster's own bounds. Such
   * a bound is a name in the resource, before the {@code *} or behind it: a symbol of the cluster,
   * though not one that other clusters share, or a resource of a stack. Or it is a {@code
   * StringEquals} on such a name, as on the cluster's tag; but nothing bounds a {@code *} alone.
   */
  public List<String> wildcards() {
    var resourcesWithOne =
        resources.stream()
            .filter(resource -> resource.text().contains("*"))
            .filter(
                resource -> resource.text().equals("*") || !(resource.isOfCluster() || isBounded()))
            .map(resource -> "resource " + resource.text());
    return Stream.concat(
            actions.stream()
                .filter(action -> action.contains("*"))
                .map(action -> "action " + action),
            resourcesWithOne)
        .toList();
  }

  private boolean isBounded() {
    return conditions.getOrDefault("StringEquals", new TreeMap<>()).values().stream()
        .anyMatch(values -> values.stream().allMatch(Value::isOfCluster));
  }

  /** The statement as a policy document has it: maps, lists and strings. */
  public Map<String, Object> cloudFormation() {
    var json = new LinkedHashMap<String, Object>();
    json.put("Sid", sid);
    json.put("Effect", effect.iam());
    principals.ifPresent(principal -> json.put("Principal", principal(principal)));
    json.put("Action", actions);
    if (!resources.isEmpty()) {
      json.put("Resource", values(resources));
    }
    if (!conditions.isEmpty()) {
      var operators = new LinkedHashMap<String, Object>();
      conditions.forEach((operator, keys) -> {
        var entries = new LinkedHashMap<String, Object>();
        keys.forEach((key, values) -> entries.put(key, values(values)));
        operators.put(operator, entries);
      });
      json.put("Condition", operators);
    }
    return json;
  }

  private static Object principal(Principal principal) {
    return switch (principal) {
      case Principal.Everybody() -> "*";
      case Principal.Services(var names) -> Map.of("Service", names);
      case Principal.Arns(var arns) -> Map.of("AWS", values(arns));
    };
  }

  private static List<Object> values(List<Value> values) {
    return values.stream().map(Value::cloudFormation).toList();
  }

  /** A policy document of these statements. */
  public static Map<String, Object> document(List<Statement> statements) {
    var json = new LinkedHashMap<String, Object>();
    json.put("Version", "2012-10-17");
    json.put("Statement", statements.stream().map(Statement::cloudFormation).toList());
    return json;
  }
}
