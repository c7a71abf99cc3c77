package dev.fairway.deploy.aws;

import java.time.Instant;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Events of the stack {@code e2e-etcd}, as the service gives them. */
final class Events {
  private Events() {}

  static StackEvent ofStack(String status, String reason) {
    return event("e2e-etcd", "AWS::CloudFormation::Stack", FakeCloudFormation.id("etcd"))
        .resourceStatus(status)
        .resourceStatusReason(reason)
        .build();
  }

  static StackEvent of(String logicalId, String status, String reason) {
    return event(logicalId, "AWS::EC2::Volume", "vol-" + logicalId)
        .resourceStatus(status)
        .resourceStatusReason(reason)
        .build();
  }

  private static StackEvent.Builder event(String logicalId, String type, String physicalId) {
    return StackEvent.builder()
        .stackName("e2e-etcd")
        .stackId(FakeCloudFormation.id("etcd"))
        .timestamp(Instant.EPOCH)
        .logicalResourceId(logicalId)
        .physicalResourceId(physicalId)
        .resourceType(type);
  }
}
