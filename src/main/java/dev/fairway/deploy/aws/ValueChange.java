package dev.fairway.deploy.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.link.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A named value of a stack that is not what the assembly gives it.
 *
 * @param was empty when the stack does not have it
 * @param becomes empty when the assembly does not have it
 */
public record ValueChange(String name, Optional<String> was, Optional<String> becomes) {

  /** The changes from one map to the other, sorted by name. */
  static List<ValueChange> between(Map<String, String> was, Map<String, String> becomes) {
    var names = new TreeSet<>(was.keySet());
    names.addAll(becomes.keySet());
    var changes = new ArrayList<ValueChange>();
    for (var name : names) {
      if (!Objects.equals(was.get(name), becomes.get(name))) {
        changes.add(
            new ValueChange(
                name, Optional.ofNullable(was.get(name)), Optional.ofNullable(becomes.get(name))));
      }
    }
    return List.copyOf(changes);
  }

  /** The changes of parameters; CloudFormation tells no value that has NoEcho. */
  static List<ValueChange> ofParameters(Map<String, String> was, Stack stack, JsonNode template) {
    return between(was, stack.parameters()).stream()
        .filter(change -> !isSecret(template, change.name()) || change.was().isEmpty())
        .map(change ->
            isSecret(template, change.name())
                ? new ValueChange(change.name(), change.was(), Optional.of("****"))
                : change)
        .toList();
  }

  private static boolean isSecret(JsonNode template, String parameter) {
    return template.path("Parameters").path(parameter).path("NoEcho").asBoolean(false);
  }
}
