package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether an admission policy, the binding of one, or a webhook configuration surely judges all
 * that it judged before, and as strictly: what can't be told may have become looser.
 */
final class AdmissionGuard {
  static final Set<String> KINDS =
      Set.of(
          "MutatingAdmissionPolicy",
          "MutatingAdmissionPolicyBinding",
          "MutatingWebhookConfiguration",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "ValidatingWebhookConfiguration");

  private static final Tightness FAILURES = new Tightness("/failurePolicy", "Fail<Ignore", "Fail");
  private static final Tightness MATCHES =
      new Tightness("/matchPolicy", "Equivalent<Exact", "Equivalent");

  /** Each that stands there before and after is judged by, or more is changed. */
  private static final List<String> DEMANDS = List.of("validations", "mutations");

  /** Another value is another judge, or another thing to judge by. */
  private static final List<String> JUDGES =
      List.of("clientConfig", "paramKind", "paramRef", "policyName", "variables");

  private AdmissionGuard() {}

  static Stream<String> widened(JsonNode was, JsonNode becomes) {
    return Stream.concat(
            judged(was.path("spec"), becomes.path("spec")),
            was.path("webhooks")
                .valueStream()
                .flatMap(hook -> {
                  var name = hook.path("name");
                  var stays = named(becomes.path("webhooks"), name);
                  return stays.isMissingNode()
                      ? Stream.of("its webhook %s is gone".formatted(name.asText()))
                      : judged(hook, stays);
                }))
        .distinct();
  }

  private static JsonNode named(JsonNode hooks, JsonNode name) {
    return hooks
        .valueStream()
        .filter(hook -> hook.path("name").equals(name))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  private static Stream<String> judged(JsonNode was, JsonNode becomes) {
    var found = Stream.<String>builder();
    if (FAILURES.isLoosened(was, becomes)) {
      found.add("what can't be judged is let through");
    }
    if (denies(was) && !denies(becomes)) {
      found.add("it denies nothing any more");
    }
    if (JUDGES.stream().anyMatch(field -> !was.path(field).equals(becomes.path(field)))
        || DEMANDS.stream().anyMatch(field -> !demandsAll(was.path(field), becomes.path(field)))) {
      found.add("it may let through what it did not");
    }
    if (!matchesAll(was, becomes)) {
      found.add("it may leave out what it judged");
    }
    return found.build();
  }

  private static boolean denies(JsonNode spec) {
    return spec.path("validationActions")
        .valueStream()
        .anyMatch(action -> action.asText().equals("Deny"));
  }

  private static boolean demandsAll(JsonNode was, JsonNode becomes) {
    return was.valueStream()
        .allMatch(
            demand -> becomes.valueStream().anyMatch(it -> demand(it).equals(demand(demand))));
  }

  /** Without what is only said about it. */
  private static JsonNode demand(JsonNode demand) {
    return demand.has("expression") ? demand.path("expression") : demand;
  }

  /** A policy's {@code matchConstraints}, a binding's {@code matchResources}, a webhook itself. */
  private static boolean matchesAll(JsonNode was, JsonNode becomes) {
    return matches(was, becomes)
        && matches(was.path("matchConstraints"), becomes.path("matchConstraints"))
        && (becomes.path("matchResources").isEmpty()
            || matches(was.path("matchResources"), becomes.path("matchResources")))
        && areAmong(becomes.path("matchConditions"), was.path("matchConditions"));
  }

  private static boolean matches(JsonNode was, JsonNode becomes) {
    return selects(was, becomes, "namespaceSelector")
        && selects(was, becomes, "objectSelector")
        && rules(was, becomes, "rules")
        && rules(was, becomes, "resourceRules")
        && areAmong(becomes.path("excludeResourceRules"), was.path("excludeResourceRules"))
        && !MATCHES.isLoosened(was, becomes);
  }

  private static boolean selects(JsonNode was, JsonNode becomes, String field) {
    return new LabelSelector(becomes.path(field)).covers(new LabelSelector(was.path(field)));
  }

  /** Only a binding may have had none before, and is narrowed by the first. */
  private static boolean rules(JsonNode was, JsonNode becomes, String field) {
    return was.path(field).isEmpty()
        ? becomes.path(field).isEmpty()
        : was.path(field)
            .valueStream()
            .allMatch(rule -> becomes.path(field).valueStream().anyMatch(it -> holds(it, rule)));
  }

  private static boolean holds(JsonNode wide, JsonNode narrow) {
    return narrow.properties().stream().allMatch(it -> holds(it.getKey(), wide, it.getValue()))
        && wide.properties().stream().allMatch(it -> narrow.has(it.getKey()));
  }

  /** Lists of words are those that it is for, or all by a star; the scope is one by default. */
  private static boolean holds(String field, JsonNode wide, JsonNode narrow) {
    var theirs = wide.path(field).valueStream().toList();
    return wide.path(field).equals(narrow)
        || (narrow.isArray()
            && !field.equals("resourceNames")
            && (theirs.stream().anyMatch(it -> it.asText().equals("*"))
                || narrow.valueStream().allMatch(theirs::contains)));
  }

  private static boolean areAmong(JsonNode items, JsonNode others) {
    var known = others.valueStream().toList();
    return items.valueStream().allMatch(known::contains);
  }
}
