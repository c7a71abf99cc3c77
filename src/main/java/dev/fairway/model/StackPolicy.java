package dev.fairway.model;

import java.util.List;
import java.util.Map;

/**
 * What no update of a stack may replace or delete, however it came about. CloudFormation then fails
 * the update before it touches the resource; a person who means it sets another policy first.
 *
 * @param logicalIds the resources whose loss can't be undone
 */
public record StackPolicy(List<String> logicalIds) {
  public StackPolicy {
    if (logicalIds.isEmpty()) {
      throw new IllegalArgumentException("a stack policy that protects nothing is left out");
    }
    logicalIds = logicalIds.stream().sorted().distinct().toList();
  }

  /**
   * The policy as JSON: maps, lists and strings. Once a stack has a policy, all that it does not
   * allow is denied, so the first statement opens everything.
   */
  public Map<String, Object> document() {
    return Map.of(
        "Statement",
        List.of(
            statement("Allow", List.of("Update:*"), List.of("*")),
            statement(
                "Deny",
                List.of("Update:Replace", "Update:Delete"),
                logicalIds.stream().map(id -> "LogicalResourceId/" + id).toList())));
  }

  private static Map<String, Object> statement(
      String effect, List<String> actions, List<String> resources) {
    // A stack policy knows no other principal.
    return Map.of("Effect", effect, "Action", actions, "Principal", "*", "Resource", resources);
  }
}
