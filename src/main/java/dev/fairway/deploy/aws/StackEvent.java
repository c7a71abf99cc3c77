package dev.fairway.deploy.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a resource of a stack, or to the stack itself.
 *
 * @param physicalId empty while CloudFormation does not know it
 * @param ofStack whether it is about the stack as a whole
 */
record StackEvent(
    Instant time,
    String logicalId,
    String type,
    String physicalId,
    String status,
    String reason,
    boolean ofStack) {

  static StackEvent of(software.amazon.awssdk.services.cloudformation.model.StackEvent event) {
    var physicalId = text(event.physicalResourceId());
    return new StackEvent(
        event.timestamp(),
        text(event.logicalResourceId()),
        text(event.resourceType()),
        physicalId,
        text(event.resourceStatusAsString()),
        text(event.resourceStatusReason()).strip(),
        physicalId.equals(event.stackId())
            || (event.logicalResourceId().equals(event.stackName())
                && "AWS::CloudFormation::Stack".equals(event.resourceType())));
  }

  private static String text(String value) {
    return Optional.ofNullable(value).orElse("");
  }

  /** Whether an operation of the whole stack begins with it; a rollback belongs to what failed. */
  boolean beginsOperation() {
    return ofStack
        && switch (status) {
          case "CREATE_IN_PROGRESS",
              "UPDATE_IN_PROGRESS",
              "DELETE_IN_PROGRESS",
              "IMPORT_IN_PROGRESS" ->
              true;
          default -> false;
        };
  }

  boolean isFailure() {
    return status.endsWith("_FAILED");
  }
}
