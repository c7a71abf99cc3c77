package dev.fairway.deploy.aws;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceDriftsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceDriftsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.DetectStackDriftRequest;
import software.amazon.awssdk.services.cloudformation.model.DetectStackDriftResponse;
import software.amazon.awssdk.services.cloudformation.model.GetStackPolicyRequest;
import software.amazon.awssdk.services.cloudformation.model.GetStackPolicyResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.SetStackPolicyRequest;
import software.amazon.awssdk.services.cloudformation.model.SetStackPolicyResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackDriftDetectionStatus;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** CloudFormation as a test tells it to be. */
final class FakeCloudFormation implements CloudFormationClient {
  static final String CLUSTER = "111122223333:eu-central-1:e2e";

  /** The answers to DescribeStacks, one after the other; the last stays. */
  final Deque<List<Stack>> stacks = new ArrayDeque<>();

  final Map<String, String> templates = new TreeMap<>();
  final Map<String, String> policies = new TreeMap<>();

  /** By stack, as the service gives them: from the newest on. */
  final Map<String, List<StackEvent>> events = new TreeMap<>();

  final Map<String, List<StackResourceSummary>> resources = new TreeMap<>();
  final Map<String, List<StackResourceDrift>> drifts = new TreeMap<>();

  /** What was asked to change. */
  final List<String> changes = new ArrayList<>();

  static Stack stack(String name, String status) {
    return Stack.builder()
        .stackName("e2e-" + name)
        .stackId(id(name))
        .stackStatus(status)
        .creationTime(Instant.EPOCH)
        .tags(tag("fairway:cluster", CLUSTER), tag("fairway:stack", name))
        .build();
  }

  static String id(String name) {
    return "arn:aws:cloudformation:eu-central-1:111122223333:stack/e2e-" + name + "/1";
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  static CloudFormationException refusal(String code, String message) {
    return (CloudFormationException)
        CloudFormationException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("CloudFormation")
                    .errorCode(code)
                    .errorMessage(message)
                    .build())
            .build();
  }

  FakeCloudFormation has(Stack... found) {
    stacks.add(List.of(found));
    return this;
  }

  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    var answer = stacks.size() > 1 ? stacks.removeFirst() : stacks.getFirst();
    if (request.stackName() == null) {
      return DescribeStacksResponse.builder().stacks(answer).build();
    }
    var found =
        answer.stream().filter(stack -> stack.stackId().equals(request.stackName())).toList();
    if (found.isEmpty()) {
      throw refusal("ValidationError", "Stack with id " + request.stackName() + " does not exist");
    }
    return DescribeStacksResponse.builder().stacks(found).build();
  }

  @Override
  public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
    return DescribeStackEventsResponse.builder()
        .stackEvents(events.getOrDefault(request.stackName(), List.of()))
        .build();
  }

  @Override
  public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(resources.getOrDefault(request.stackName(), List.of()))
        .build();
  }

  @Override
  public GetTemplateResponse getTemplate(GetTemplateRequest request) {
    return GetTemplateResponse.builder().templateBody(templates.get(request.stackName())).build();
  }

  @Override
  public GetStackPolicyResponse getStackPolicy(GetStackPolicyRequest request) {
    return GetStackPolicyResponse.builder()
        .stackPolicyBody(policies.get(request.stackName()))
        .build();
  }

  @Override
  public SetStackPolicyResponse setStackPolicy(SetStackPolicyRequest request) {
    changes.add("policy " + request.stackName());
    policies.put(request.stackName(), request.stackPolicyBody());
    return SetStackPolicyResponse.builder().build();
  }

  @Override
  public DeleteStackResponse deleteStack(DeleteStackRequest request) {
    changes.add("delete " + request.stackName());
    return DeleteStackResponse.builder().build();
  }

  @Override
  public DetectStackDriftResponse detectStackDrift(DetectStackDriftRequest request) {
    if (!drifts.containsKey(request.stackName())) {
      throw refusal("InvalidAction", "Unknown action DetectStackDrift");
    }
    return DetectStackDriftResponse.builder()
        .stackDriftDetectionId("of " + request.stackName())
        .build();
  }

  @Override
  public DescribeStackDriftDetectionStatusResponse describeStackDriftDetectionStatus(
      DescribeStackDriftDetectionStatusRequest request) {
    return DescribeStackDriftDetectionStatusResponse.builder()
        .detectionStatus(
            request.stackDriftDetectionId().endsWith("pool-x")
                ? StackDriftDetectionStatus.DETECTION_FAILED
                : StackDriftDetectionStatus.DETECTION_COMPLETE)
        .detectionStatusReason("not allowed to look")
        .build();
  }

  @Override
  public DescribeStackResourceDriftsResponse describeStackResourceDrifts(
      DescribeStackResourceDriftsRequest request) {
    return DescribeStackResourceDriftsResponse.builder()
        .stackResourceDrifts(drifts.getOrDefault(request.stackName(), List.of()))
        .build();
  }

  @Override
  public String serviceName() {
    return "cloudformation";
  }

  @Override
  public void close() {}
}
