package dev.fairway.deploy.aws;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** CloudFormation, as far as stacks are found and deleted. */
final class DoomedStacks implements CloudFormationClient {
  static final String DELETED = "DELETE_COMPLETE";

  private final Map<String, Doomed> byId = new LinkedHashMap<>();
  private final List<String> deletions = new ArrayList<>();

  /** A stack with resources of which each is {@code logical id: type, policy, physical id}. */
  static final class Doomed {
    private final String name;
    private final String id;
    private final Map<String, String> tags;
    private final Map<String, List<String>> resources = new LinkedHashMap<>();
    private final List<StackEvent> events = new ArrayList<>();
    private final Deque<String> statuses = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();
    private Instant deleted = Instant.EPOCH;
    private boolean isProtected;

    private Doomed(String name, String id, Map<String, String> tags) {
      this.name = name;
      this.id = id;
      this.tags = tags;
      statuses.add("CREATE_COMPLETE");
    }

    Doomed holds(String logicalId, String type, String policy, String physicalId) {
      resources.put(logicalId, List.of(type, policy, physicalId));
      return this;
    }

    /** What it says when it is asked, each once, but for the last. */
    Doomed says(String... words) {
      statuses.clear();
      statuses.addAll(List.of(words));
      return this;
    }

    /** It can't delete these, in this order. */
    Doomed failsOver(String... logicalIds) {
      failures.addAll(List.of(logicalIds));
      return this;
    }

    Doomed isProtected() {
      isProtected = true;
      return this;
    }

    /** Deletes it now, as somebody did before. */
    Doomed deletedAt(long second) {
      delete();
      deleted = Instant.ofEpochSecond(second);
      return this;
    }

    private void delete() {
      event(name, "AWS::CloudFormation::Stack", id, "DELETE_IN_PROGRESS", "");
      for (var failure : failures) {
        event(failure, "AWS::EC2::Subnet", "subnet-" + failure, "DELETE_FAILED", "in use");
      }
      resources.forEach((logicalId, resource) -> {
        if (resource.get(1).startsWith("Retain")) {
          event(logicalId, resource.get(0), resource.get(2), "DELETE_SKIPPED", "");
        }
      });
      says(failures.isEmpty() ? DELETED : "DELETE_FAILED");
    }

    private void event(String logicalId, String type, String id, String status, String reason) {
      // The newest comes first.
      events.addFirst(
          StackEvent.builder()
              .stackId(this.id)
              .stackName(name)
              .timestamp(Instant.EPOCH)
              .logicalResourceId(logicalId)
              .physicalResourceId(id)
              .resourceType(type)
              .resourceStatus(status)
              .resourceStatusReason(reason)
              .build());
    }

    private String status() {
      return statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    }

    private Stack stack() {
      return Stack.builder()
          .stackName(name)
          .stackId(id)
          .stackStatus(status())
          .creationTime(Instant.EPOCH)
          .enableTerminationProtection(isProtected)
          .tags(
              tags.entrySet().stream()
                  .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                  .toList())
          .build();
    }
  }

  Doomed add(String name, Map<String, String> tags) {
    var id = "arn:aws:cloudformation:eu-central-1:1:stack/" + name + "/" + byId.size();
    var stack = new Doomed(name, id, tags);
    byId.put(id, stack);
    return stack;
  }

  private Doomed stack(String id) {
    return Objects.requireNonNull(byId.get(id), id);
  }

  /** The names of the stacks whose deletion was asked for. */
  List<String> deletions() {
    return deletions;
  }

  @Override
  public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    var found =
        byId.values().stream()
            .filter(stack ->
                request.stackName() == null
                    ? !stack.statuses.getFirst().equals(DELETED)
                    : stack.id.equals(request.stackName()))
            .map(Doomed::stack)
            .toList();
    return DescribeStacksResponse.builder().stacks(found).build();
  }

  @Override
  public ListStacksResponse listStacks(ListStacksRequest request) {
    return ListStacksResponse.builder()
        .stackSummaries(
            byId.values().stream()
                .filter(stack ->
                    request.stackStatusFiltersAsStrings().contains(stack.statuses.getFirst()))
                .map(stack ->
                    StackSummary.builder()
                        .stackName(stack.name)
                        .stackId(stack.id)
                        .creationTime(Instant.EPOCH)
                        .deletionTime(stack.deleted)
                        .build())
                .toList())
        .build();
  }

  @Override
  public DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
    return DescribeStackEventsResponse.builder()
        .stackEvents(stack(request.stackName()).events)
        .build();
  }

  @Override
  public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(
            stack(request.stackName()).resources.entrySet().stream()
                .map(resource ->
                    StackResourceSummary.builder()
                        .logicalResourceId(resource.getKey())
                        .resourceType(resource.getValue().get(0))
                        .physicalResourceId(resource.getValue().get(2))
                        .build())
                .toList())
        .build();
  }

  @Override
  public GetTemplateResponse getTemplate(GetTemplateRequest request) {
    var resources = new ArrayList<String>();
    stack(request.stackName())
        .resources
        .forEach((id, resource) ->
            resources.add(
                resource.get(1).isEmpty()
                    ? "\"%s\": {}".formatted(id)
                    : "\"%s\": {\"DeletionPolicy\": \"%s\"}".formatted(id, resource.get(1))));
    return GetTemplateResponse.builder()
        .templateBody("{\"Resources\": {%s}}".formatted(String.join(", ", resources)))
        .build();
  }

  @Override
  public DeleteStackResponse deleteStack(DeleteStackRequest request) {
    var stack = stack(request.stackName());
    deletions.add(stack.name);
    if (stack.isProtected) {
      throw CloudFormationException.builder()
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("ValidationError")
                  .errorMessage("TerminationProtection is enabled")
                  .build())
          .build();
    }
    stack.delete();
    return DeleteStackResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "cloudformation";
  }

  @Override
  public void close() {}
}
