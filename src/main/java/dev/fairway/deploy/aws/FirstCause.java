package dev.fairway.deploy.aws;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why an operation failed. CloudFormation stops all that is under way when one resource fails, and
 * each of those fails too; only the first failure that is not such an echo is worth reading.
 */
final class FirstCause {
  private static final Pattern ECHO =
      Pattern.compile(
          "^Resource (creation|update|deletion|import) cancelled"
              + "|^The following (resource\\(s\\)|hook\\(s\\)) failed"
              + "|^Rollback requested by user",
          Pattern.CASE_INSENSITIVE);

  private FirstCause() {}

  /** What failed first, in the events of one operation from the oldest on. */
  static Optional<StackEvent> of(List<StackEvent> operation) {
    return Stream.of(failedResources(forward(operation)), wholeStack(operation))
        .flatMap(events -> events)
        .findFirst();
  }

  /** What kept the stack from coming back, in the same events; empty when nothing did. */
  static Optional<StackEvent> ofRollback(List<StackEvent> operation) {
    var rollback = operation.subList(forward(operation).size(), operation.size());
    return failedResources(rollback).findFirst();
  }

  private static List<StackEvent> forward(List<StackEvent> operation) {
    return operation.stream().takeWhile(event -> !isRollback(event)).toList();
  }

  private static boolean isRollback(StackEvent event) {
    return event.ofStack() && event.status().contains("ROLLBACK_IN_PROGRESS");
  }

  private static Stream<StackEvent> failedResources(List<StackEvent> events) {
    return events.stream()
        .filter(event -> event.isFailure() && !event.ofStack())
        .filter(event -> !ECHO.matcher(event.reason()).find());
  }

  /** An export that is in use, or an import that is missing, is no resource's fault. */
  private static Stream<StackEvent> wholeStack(List<StackEvent> operation) {
    return operation.stream()
        .filter(event -> event.ofStack() && (event.isFailure() || isRollback(event)))
        .filter(event -> !event.reason().isEmpty());
  }
}
