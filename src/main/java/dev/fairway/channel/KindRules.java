package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.EvidenceKind;
import dev.fairway.model.TrustedKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the kinds that Fairway itself reads ask of a statement and of the key that makes it; a free
 * word such as {@code conformance} asks only that the key may attest it.
 */
final class KindRules {
  static final String GROUP = "group";
  static final String GATES = "gates";

  /** The commit at which the channel stood: an override is for one move and no later one. */
  static final String AFTER = "after";

  private static final Set<String> ACTS = Set.of("publish", "promote", "rollback", "hotfix");

  private KindRules() {}

  /** Refuses a statement whose predicate lacks what its kind has. */
  static void requireShape(Statement statement) throws MalformedEvidenceException {
    var isPromotion = statement.kind().equals(EvidenceKind.PROMOTION);
    if (isPromotion != statement.moved().isPresent()) {
      throw new MalformedEvidenceException(
          isPromotion ? "it names no commit" : "only a promotion is about a commit");
    }
    // What failed counts whatever its time, and a move may not be dated ahead.
    if (isPromotion && !statement.isPassed()) {
      throw new MalformedEvidenceException("a promotion that failed moved nothing");
    }
    var missing = missing(statement.kind(), statement.details());
    if (missing.isPresent()) {
      throw new MalformedEvidenceException(
          "the predicate of its kind, %s, needs %s".formatted(statement.kind(), missing.get()));
    }
  }

  private static Optional<String> missing(String kind, JsonNode details) {
    return switch (kind) {
      case EvidenceKind.APPROVAL -> unless(isText(details.path(GROUP)), "group, a word");
      case EvidenceKind.HEALTH ->
          unless(isTexts(details.path("clusters")), "clusters, each healthy or why not");
      case EvidenceKind.ACKNOWLEDGEMENT ->
          unless(
              isCount(details.path(Losses.DELETED))
                  && isCount(details.path(Losses.REPLACED))
                  && details.path(Losses.FROM).asText().matches("[0-9a-f]{64}")
                  && isText(details.path("reason")),
              "deleted and replaced, two counts, from, the release that loses them, and reason, a"
                  + " text");
      case EvidenceKind.OVERRIDE ->
          unless(
              isList(details.path(GATES))
                  && isText(details.path("reason"))
                  && Statement.Moved.isCommit(details.path(AFTER).asText()),
              "gates, a list of their names, reason, a text, and after, the channel's commit");
      case EvidenceKind.PROMOTION ->
          unless(ACTS.contains(details.path("act").asText()), "act, one of those that move");
      default -> Optional.empty();
    };
  }

  private static Optional<String> unless(boolean isThere, String what) {
    return isThere ? Optional.empty() : Optional.of(what);
  }

  private static boolean isText(JsonNode node) {
    return node.isTextual() && !node.asText().isBlank();
  }

  private static boolean isCount(JsonNode node) {
    return node.isInt() && node.asInt() >= 0;
  }

  private static boolean isTexts(JsonNode node) {
    return node.isObject() && node.valueStream().allMatch(KindRules::isText);
  }

  private static boolean isList(JsonNode node) {
    return node.isArray() && !node.isEmpty() && node.valueStream().allMatch(KindRules::isText);
  }

  /** Why the key may not say this; empty when it may. */
  static Optional<String> denial(TrustedKey key, Statement statement) {
    var owner = key.owner();
    return switch (statement.kind()) {
      case EvidenceKind.APPROVAL -> {
        var group = statement.text(GROUP).orElse("");
        yield unless(
            key.groups().contains(group), "%s is not of the group %s".formatted(owner, group));
      }
      case EvidenceKind.OVERRIDE -> {
        var beyond =
            statement.texts(GATES).stream()
                .filter(gate -> !key.overrides().contains(gate))
                .collect(Collectors.joining(", "));
        yield unless(beyond.isEmpty(), "%s may not override %s".formatted(owner, beyond));
      }
      case EvidenceKind.PROMOTION ->
          unless(
              key.promotes().contains(statement.channel()),
              "%s may not move %s".formatted(owner, statement.channel()));
      default ->
          unless(
              key.attests().contains(statement.kind()),
              "%s may not attest %s".formatted(owner, statement.kind()));
    };
  }
}
