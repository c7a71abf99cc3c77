package dev.fairway.deploy.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupResponse;

/** Auto Scaling whose groups let all instances go as soon as they may have none. */
final class FakeAutoScaling implements AutoScalingClient {
  final List<AutoScalingGroup> groups = new ArrayList<>();

  /** Whether instances stay however small their group may be. */
  boolean isStubborn;

  /** What was asked to change. */
  final List<String> changes = new ArrayList<>();

  static AutoScalingGroup group(String name, String version, Instance... instances) {
    return AutoScalingGroup.builder()
        .autoScalingGroupName("e2e-" + name)
        .minSize(0)
        .maxSize(3)
        .desiredCapacity(instances.length)
        .tags(tag("fairway:cluster", FakeCloudFormation.CLUSTER), tag("fairway:stack", name))
        .mixedInstancesPolicy(policy ->
            policy.launchTemplate(
                template -> template.launchTemplateSpecification(version(version))))
        .instances(instances)
        .build();
  }

  static Instance instance(String id, String version) {
    return Instance.builder()
        .instanceId(id)
        .availabilityZone("eu-central-1a")
        .lifecycleState("InService")
        .launchTemplate(version(version))
        .build();
  }

  static TagDescription tag(String key, String value) {
    return TagDescription.builder().key(key).value(value).build();
  }

  private static LaunchTemplateSpecification version(String version) {
    return LaunchTemplateSpecification.builder().launchTemplateId("lt-1").version(version).build();
  }

  @Override
  public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(
      DescribeAutoScalingGroupsRequest request) {
    return DescribeAutoScalingGroupsResponse.builder().autoScalingGroups(groups).build();
  }

  @Override
  public UpdateAutoScalingGroupResponse updateAutoScalingGroup(
      UpdateAutoScalingGroupRequest request) {
    changes.add(
        "%s min %d desired %d max %d"
            .formatted(
                request.autoScalingGroupName(),
                request.minSize(),
                request.desiredCapacity(),
                request.maxSize()));
    groups.replaceAll(group ->
        group.autoScalingGroupName().equals(request.autoScalingGroupName()) && !isStubborn
            ? group.toBuilder().maxSize(0).desiredCapacity(0).instances(List.of()).build()
            : group);
    return UpdateAutoScalingGroupResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "autoscaling";
  }

  @Override
  public void close() {}
}
