package dev.fairway.deploy.aws;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * A stack whose last operation failed.
 *
 * @param operation the events of that operation, from the oldest on
 */
record StackFailure(StackState state, List<StackEvent> operation) {
  StackFailure {
    operation = List.copyOf(operation);
  }

  boolean isThrottled() {
    return FirstCause.of(operation)
        .filter(cause -> AwsFailure.isThrottling(cause.reason()))
        .isPresent();
  }

  Diagnostic diagnostic() {
    var cause =
        FirstCause.of(operation)
            .map(StackFailure::words)
            .or(state::reason)
            .orElse("CloudFormation says no reason");
    var diagnostic =
        Diagnostic.general(
            Code.STACK_FAILED,
            "stack %s failed and is in %s: %s".formatted(state.stackName(), state.status(), cause),
            remedy());
    return FirstCause.ofRollback(operation)
        .map(StackFailure::words)
        .map(words -> new Diagnostic.Involved("its rollback", words, Optional.empty()))
        .map(diagnostic::with)
        .orElse(diagnostic);
  }

  private static String words(StackEvent cause) {
    if (cause.ofStack()) {
      return cause.reason();
    }
    var physical = cause.physicalId().isEmpty() ? "" : ", " + cause.physicalId();
    return "%s (%s%s): %s"
        .formatted(
            cause.logicalId(),
            cause.type(),
            physical,
            cause.reason().isEmpty() ? cause.status() : cause.reason());
  }

  private String remedy() {
    return state
        .status()
        .remedy()
        .orElseGet(() ->
            switch (state.status()) {
              case UPDATE_ROLLBACK_COMPLETE ->
                  "it is as it was before: mend the cause and deploy again";
              case ROLLBACK_COMPLETE, ROLLBACK_FAILED ->
                  "mend the cause and deploy again: what is left of it is removed first";
              default -> "mend the cause and deploy again";
            });
  }
}
