package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Whether a change to an object lets somebody do more than before. */
final class ObjectAccess {
  private static final Set<String> GRANTING =
      Set.of("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

  /** What they deny is let through without them. */
  private static final Set<String> GUARDING =
      Set.of(
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "ValidatingWebhookConfiguration");

  private ObjectAccess() {}

  static Difference added(Difference change) {
    return GRANTING.contains(change.kind()) ? change.risking(Risk.WIDER_ACCESS) : change;
  }

  static Difference removed(Difference change) {
    return GUARDING.contains(change.kind())
        ? change.because(Risk.WIDER_ACCESS, "what it denied is let through")
        : change;
  }

  static Difference changed(Difference change, JsonNode was, JsonNode becomes) {
    var judged = grantsMore(change, was, becomes) ? change.risking(Risk.WIDER_ACCESS) : change;
    judged =
        isAggregatedMore(was, becomes)
            ? judged.because(Risk.WIDER_ACCESS, "more roles add up to one")
            : judged;
    if (denies(was) && !denies(becomes)) {
      judged = judged.because(Risk.WIDER_ACCESS, "it denies nothing any more");
    }
    return ignores(was, becomes)
        ? judged.because(Risk.WIDER_ACCESS, "what can't be judged is let through")
        : judged;
  }

  private static boolean grantsMore(Difference change, JsonNode was, JsonNode becomes) {
    return GRANTING.contains(change.kind())
        && (!Grants.of(was.path("rules")).hold(Grants.of(becomes.path("rules")))
            || hasMore(was.path("subjects"), becomes.path("subjects"))
            || !was.at("/roleRef/kind").equals(becomes.at("/roleRef/kind"))
            || !was.at("/roleRef/name").equals(becomes.at("/roleRef/name")));
  }

  private static boolean hasMore(JsonNode was, JsonNode becomes) {
    var known = was.valueStream().toList();
    return becomes.valueStream().anyMatch(item -> !known.contains(item));
  }

  /** Its own rules into others, or those of others into its own. */
  private static boolean isAggregatedMore(JsonNode was, JsonNode becomes) {
    if (!becomes.path("kind").asText().equals("ClusterRole")) {
      return false;
    }
    var selectors = "/aggregationRule/clusterRoleSelectors";
    return hasMore(was.at(selectors), becomes.at(selectors))
        || becomes.path("metadata").path("labels").properties().stream()
            .filter(label -> label.getKey().matches("(.*/)?aggregate-to-.*"))
            .anyMatch(label ->
                !label.getValue().equals(was.path("metadata").path("labels").get(label.getKey())));
  }

  private static boolean denies(JsonNode object) {
    return object.path("kind").asText().equals("ValidatingAdmissionPolicyBinding")
        && object
            .path("spec")
            .path("validationActions")
            .valueStream()
            .anyMatch(action -> action.asText().equals("Deny"));
  }

  /** Who says nothing fails what can't be judged. */
  private static boolean ignores(JsonNode was, JsonNode becomes) {
    return isIgnoring(becomes.path("spec"), was.path("spec"))
        || becomes
            .path("webhooks")
            .valueStream()
            .anyMatch(hook ->
                was.path("webhooks")
                    .valueStream()
                    .filter(it -> it.path("name").equals(hook.path("name")))
                    .anyMatch(it -> isIgnoring(hook, it)));
  }

  private static boolean isIgnoring(JsonNode fresh, JsonNode old) {
    return isIgnoring(fresh) && !isIgnoring(old);
  }

  private static boolean isIgnoring(JsonNode object) {
    return object.path("failurePolicy").asText().equals("Ignore");
  }
}
