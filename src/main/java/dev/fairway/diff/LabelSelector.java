package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a Kubernetes label selector selects.
 *
 * @param selector {@code matchLabels} and {@code matchExpressions}: one without either selects all
 */
public record LabelSelector(JsonNode selector) {
  /** Whether the labels are among what it selects. */
  public boolean selects(JsonNode labels) {
    return selector.path("matchLabels").properties().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
        && selector
            .path("matchExpressions")
            .valueStream()
            .allMatch(
                expression -> meets(labels.path(expression.path("key").asText()), expression));
  }

  private static boolean meets(JsonNode value, JsonNode expression) {
    var among = values(expression).contains(value.asText());
    return switch (expression.path("operator").asText()) {
      case "In" -> !value.isMissingNode() && among;
      case "NotIn" -> value.isMissingNode() || !among;
      case "Exists" -> !value.isMissingNode();
      case "DoesNotExist" -> value.isMissingNode();
      default -> false;
    };
  }

  private static Set<String> values(JsonNode expression) {
    return expression
        .path("values")
        .valueStream()
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  /** Whether it surely selects all that the other does: each of its demands is the other's too. */
  boolean covers(LabelSelector other) {
    return selector.path("matchLabels").properties().stream()
            .allMatch(label ->
                label.getValue().equals(other.selector.path("matchLabels").get(label.getKey())))
        && selector
            .path("matchExpressions")
            .valueStream()
            .allMatch(demand ->
                other
                    .selector
                    .path("matchExpressions")
                    .valueStream()
                    .anyMatch(theirs -> holds(demand, theirs)));
  }

  private static boolean holds(JsonNode wide, JsonNode narrow) {
    if (!wide.path("key").equals(narrow.path("key"))
        || !wide.path("operator").equals(narrow.path("operator"))) {
      return false;
    }
    return switch (wide.path("operator").asText()) {
      case "In" -> values(wide).containsAll(values(narrow));
      case "NotIn" -> values(narrow).containsAll(values(wide));
      default -> wide.equals(narrow);
    };
  }
}
