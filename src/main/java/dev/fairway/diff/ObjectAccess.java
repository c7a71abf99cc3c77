package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a change to an object lets somebody do more than before. */
final class ObjectAccess {
  private static final Set<String> GRANTING =
      Set.of("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

  /** What they deny is let through without them. */
  private static final Set<String> GUARDING =
      Set.of(
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "ValidatingWebhookConfiguration",
          "NetworkPolicy");

  private static final Tightness TOKEN =
      new Tightness("/automountServiceAccountToken", "false<true", "true");

  /** Of kube2iam and its likes, and of EKS. */
  private static final Pattern ROLE =
      Pattern.compile("iam\\.amazonaws\\.com/.*|eks\\.amazonaws\\.com/role-arn");

  private ObjectAccess() {}

  static Difference added(Difference change, JsonNode object) {
    var judged = GRANTING.contains(change.kind()) ? change.risking(Risk.WIDER_ACCESS) : change;
    var nothing = MissingNode.getInstance();
    return because(
        judged,
        switch (change.kind()) {
          case "NetworkPolicy" -> PodWays.added(object);
          case "Service" -> ServiceAccess.widened(nothing, object);
          default -> PodAccess.widened(nothing, object);
        });
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
    return because(
        judged,
        Stream.of(
                AdmissionGuard.KINDS.contains(change.kind())
                    ? AdmissionGuard.widened(was, becomes)
                    : PodAccess.widened(was, becomes),
                switch (change.kind()) {
                  case "Namespace" -> NamespaceAccess.widened(was, becomes);
                  case "NetworkPolicy" -> PodWays.widened(was, becomes);
                  case "Service" -> ServiceAccess.widened(was, becomes);
                  case "ServiceAccount" -> token(was, becomes);
                  default -> Stream.<String>of();
                },
                roles(was, becomes))
            .flatMap(reasons -> reasons));
  }

  private static Difference because(Difference change, Stream<String> reasons) {
    var judged = change;
    for (var why : reasons.toList()) {
      judged = judged.because(Risk.WIDER_ACCESS, why);
    }
    return judged;
  }

  private static Stream<String> token(JsonNode was, JsonNode becomes) {
    return TOKEN.isLoosened(was, becomes)
        ? Stream.of("its pods are given a token of the API server")
        : Stream.of();
  }

  /** The roles in IAM that pods take by an annotation of theirs, or of what they belong to. */
  private static Stream<String> roles(JsonNode was, JsonNode becomes) {
    var before = annotated(was);
    return annotated(becomes).entrySet().stream()
        .filter(it -> !it.getValue().equals(before.get(it.getKey())))
        .map(it -> "it may take the role " + it.getValue())
        .distinct();
  }

  private static SortedMap<String, String> annotated(JsonNode object) {
    var found = new TreeMap<String, String>();
    var places = PodAccess.templates(object);
    places.put("", object);
    places.forEach((path, place) ->
        place.at("/metadata/annotations").properties().stream()
            .filter(it -> ROLE.matcher(it.getKey()).matches())
            .forEach(it -> found.put(path + " " + it.getKey(), it.getValue().asText())));
    return found;
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
}
