package dev.fairway.deploy.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.release.CanonicalJson;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/**
 * What stacks leave behind because their templates say so. Before a stack goes its template tells;
 * afterwards its events do, for as long as CloudFormation keeps them, so that a run after one that
 * was killed still knows.
 */
final class RetainedResources {
  private final CloudFormationClient cloudFormation;

  RetainedResources(CloudFormationClient cloudFormation) {
    this.cloudFormation = cloudFormation;
  }

  /** What of a stack that stands would be left, and what earlier updates of it left. */
  List<Retained> foreseen(StackState stack) {
    var template = template(stack);
    var kept =
        resources(stack)
            .filter(resource -> isRetained(template, resource.logicalResourceId()))
            .map(resource ->
                new AwsResource(resource.resourceType(), resource.physicalResourceId()));
    return Stream.concat(kept, skipped(stack.id()))
        .sorted()
        .distinct()
        .map(resource -> retained(resource, stack.stackName()))
        .toList();
  }

  /** What a deleted stack left, when it was deleted or before. */
  List<Retained> left(String stackId) {
    var name = stackId.replaceFirst(".*:stack/([^/]+)/.*", "$1");
    return skipped(stackId).sorted().distinct().map(resource -> retained(resource, name)).toList();
  }

  /** The buckets that would go with a stack, by name. */
  List<String> doomedBuckets(StackState stack) {
    var template = template(stack);
    return resources(stack)
        .filter(resource -> resource.resourceType().equals(AwsResource.BUCKET))
        .filter(resource -> !isRetained(template, resource.logicalResourceId()))
        .map(StackResourceSummary::physicalResourceId)
        .sorted()
        .toList();
  }

  private Stream<AwsResource> skipped(String stackId) {
    // What an update skipped and a later one took away again is not looked for: it does not occur.
    SortedMap<String, AwsResource> byId = new TreeMap<>();
    cloudFormation
        .describeStackEventsPaginator(request -> request.stackName(stackId))
        .stackEvents()
        .stream()
        .filter(event -> event.resourceStatus() == ResourceStatus.DELETE_SKIPPED)
        .filter(RetainedResources::isPhysical)
        .forEach(event ->
            byId.put(
                event.physicalResourceId(),
                new AwsResource(event.resourceType(), event.physicalResourceId())));
    return byId.values().stream();
  }

  private static boolean isPhysical(StackEvent event) {
    return event.physicalResourceId() != null && !event.physicalResourceId().isEmpty();
  }

  private Stream<StackResourceSummary> resources(StackState stack) {
    return cloudFormation
        .listStackResourcesPaginator(request -> request.stackName(stack.id()))
        .stackResourceSummaries()
        .stream()
        .filter(resource -> resource.physicalResourceId() != null)
        .filter(resource -> resource.resourceStatus() != ResourceStatus.DELETE_COMPLETE);
  }

  private JsonNode template(StackState stack) {
    try {
      return CanonicalJson.TREES.readTree(
          cloudFormation
              .getTemplate(
                  request -> request.stackName(stack.id()).templateStage(TemplateStage.ORIGINAL))
              .templateBody());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("CDK writes templates as JSON: " + stack.stackName(), e);
    }
  }

  private static boolean isRetained(JsonNode template, String logicalId) {
    return template
        .path("Resources")
        .path(logicalId)
        .path("DeletionPolicy")
        .asText()
        .startsWith("Retain");
  }

  private static Retained retained(AwsResource resource, String stackName) {
    return new Retained(resource, "its policy in " + stackName);
  }
}
