package dev.fairway.deploy.aws;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * A stack as CloudFormation describes it.
 *
 * @param name as its tag {@code fairway:stack} has it; the stack's own name without that tag
 * @param stackName as CloudFormation has it
 * @param id its ARN: a stack that is made anew under the same name has another
 * @param reason why it is in this state, where CloudFormation says so
 * @param isProtected whether termination protection is on
 * @param parameters those with NoEcho hold asterisks
 * @param lastChanged when its last operation began
 */
public record StackState(
    String name,
    String stackName,
    String id,
    StackStatus status,
    Optional<String> reason,
    boolean isProtected,
    SortedMap<String, String> parameters,
    SortedMap<String, String> tags,
    Instant lastChanged) {
  public StackState {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  static StackState of(Stack stack) {
    var parameters = new TreeMap<String, String>();
    for (Parameter parameter : stack.parameters()) {
      parameters.put(parameter.parameterKey(), text(parameter.parameterValue()));
    }
    var tags = new TreeMap<String, String>();
    for (Tag tag : stack.tags()) {
      tags.put(tag.key(), text(tag.value()));
    }
    return new StackState(
        tags.getOrDefault(dev.fairway.link.Stack.STACK_TAG, stack.stackName()),
        stack.stackName(),
        stack.stackId(),
        StackStatus.of(stack.stackStatusAsString()),
        Optional.ofNullable(stack.stackStatusReason()).filter(reason -> !reason.isBlank()),
        Boolean.TRUE.equals(stack.enableTerminationProtection()),
        parameters,
        tags,
        Optional.ofNullable(stack.lastUpdatedTime()).orElse(stack.creationTime()));
  }

  private static String text(String value) {
    return Optional.ofNullable(value).orElse("");
  }

  /** Whether it holds worker nodes. */
  public boolean isPool() {
    return dev.fairway.link.Stack.isPool(name);
  }

  /** Whether an operation was begun on the stack since it was in the other state. */
  boolean isTouchedSince(StackState other) {
    return !id.equals(other.id)
        || status != other.status
        || !lastChanged.equals(other.lastChanged)
        || isProtected != other.isProtected;
  }

  /** What to tell a person who alone can bring the stack back to where it can be deployed. */
  public Optional<Diagnostic> stuck() {
    return status
        .remedy()
        .map(remedy ->
            Diagnostic.general(
                Code.STACK_STUCK,
                "stack %s is in %s%s"
                    .formatted(stackName, status, reason.map(text -> ": " + text).orElse("")),
                remedy));
  }
}
