package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.model.TrustedKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Kinds of evidence whose predicate has a shape, because Fairway itself reads it. */
public enum BuiltInKind {
  /** Somebody of a {@code group} wants the channel to take the release. */
  approval,

  /** How the upstream's fleet is: {@code clusters}, each {@code healthy} or why not. */
  health,

  /** Somebody has seen what the change deletes and replaces: both counts, and a {@code reason}. */
  acknowledgement,

  /** Somebody lets {@code gates} be unmet, and says the {@code reason}. */
  override,

  /** A branch was moved: the {@code act}, and all that was judged for it. */
  promotion;

  private static final Set<String> ACTS = Set.of("publish", "promote", "rollback", "hotfix");

  /** Empty for a free word such as {@code conformance}. */
  public static Optional<BuiltInKind> of(String kind) {
    return Arrays.stream(values()).filter(built -> built.name().equals(kind)).findFirst();
  }

  static void requireShape(Statement statement) throws MalformedEvidenceException {
    var isPromotion = statement.kind().equals(promotion.name());
    if (isPromotion != statement.moved().isPresent()) {
      throw new MalformedEvidenceException(
          isPromotion ? "it names no commit" : "only a promotion is about a commit");
    }
    var kind = of(statement.kind());
    if (kind.isPresent()) {
      kind.get().requireOwnShape(statement);
    }
  }

  private void requireOwnShape(Statement statement) throws MalformedEvidenceException {
    var details = statement.details();
    switch (this) {
      case approval -> require(isText(details.path("group")), "group, a word");
      case health ->
          require(
              details.path("clusters").isObject()
                  && details.path("clusters").valueStream().allMatch(JsonNode::isTextual),
              "clusters, each healthy or why not");
      case acknowledgement -> {
        require(isCount(details.path("deleted")), "deleted, a count");
        require(isCount(details.path("replaced")), "replaced, a count");
        require(isText(details.path("reason")), "reason, a text");
      }
      case override -> {
        require(isTexts(details.path("gates")), "gates, a list of their names");
        require(isText(details.path("reason")), "reason, a text");
      }
      case promotion ->
          require(ACTS.contains(details.path("act").asText()), "act, one of those that move");
    }
  }

  private void require(boolean isThere, String what) throws MalformedEvidenceException {
    if (!isThere) {
      throw new MalformedEvidenceException(
          "the predicate of its kind, %s, needs %s".formatted(this, what));
    }
  }

  private static boolean isText(JsonNode node) {
    return node.isTextual() && !node.asText().isBlank();
  }

  private static boolean isCount(JsonNode node) {
    return node.isInt() && node.asInt() >= 0;
  }

  private static boolean isTexts(JsonNode node) {
    return node.isArray() && !node.isEmpty() && node.valueStream().allMatch(BuiltInKind::isText);
  }

  /** Why the key may not say this; empty when it may. */
  static Optional<String> denial(TrustedKey key, Statement statement) {
    var kind = of(statement.kind());
    return kind.map(built -> built.ownDenial(key, statement))
        .orElseGet(() -> unlessAttests(key, statement));
  }

  private Optional<String> ownDenial(TrustedKey key, Statement statement) {
    return switch (this) {
      case approval ->
          statement
              .text("group")
              .filter(group -> !key.groups().contains(group))
              .map(group -> "%s is not of the group %s".formatted(key.owner(), group));
      case override -> {
        var beyond =
            statement.texts("gates").stream()
                .filter(gate -> !key.overrides().contains(gate))
                .collect(Collectors.joining(", "));
        yield beyond.isEmpty()
            ? Optional.empty()
            : Optional.of("%s may not override %s".formatted(key.owner(), beyond));
      }
      case promotion ->
          key.promotes().contains(statement.channel())
              ? Optional.empty()
              : Optional.of("%s may not move %s".formatted(key.owner(), statement.channel()));
      case health, acknowledgement -> unlessAttests(key, statement);
    };
  }

  private static Optional<String> unlessAttests(TrustedKey key, Statement statement) {
    return key.attests().contains(statement.kind())
        ? Optional.empty()
        : Optional.of("%s may not attest %s".formatted(key.owner(), statement.kind()));
  }
}
