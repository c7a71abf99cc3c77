package dev.fairway.deploy.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.link.Stack;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/**
 * What is deployed, held against an assembly: at most three requests a stack, none a resource.
 *
 * @param files of the assembly, by path
 */
record Differences(
    CloudFormationClient cloudFormation,
    Function<String, Optional<byte[]>> files,
    StackPolicies policies,
    PublishedAssets published) {

  /** Those stacks that differ, in deploy order. */
  List<StackDifference> between(List<Stack> stacks, SortedMap<String, StackState> states) {
    var manifest = Json.tree(files.apply("manifest.json").orElseThrow());
    return stacks.stream()
        .map(stack ->
            Optional.ofNullable(states.get(stack.stackName()))
                .filter(state -> state.status().isStanding())
                .map(state -> changed(stack, state, manifest))
                .orElseGet(() -> missing(stack)))
        .filter(difference -> !difference.isEmpty())
        .toList();
  }

  private StackDifference missing(Stack stack) {
    return new StackDifference(
        stack.name(),
        stack.stackName(),
        true,
        TemplateDifference.allOf(template(stack)),
        List.of(),
        List.of(),
        Optional.empty(),
        policies.bytes(stack).isPresent(),
        false);
  }

  private StackDifference changed(Stack stack, StackState state, JsonNode manifest) {
    var template = template(stack);
    return new StackDifference(
        stack.name(),
        stack.stackName(),
        false,
        TemplateDifference.between(deployed(stack), template),
        ValueChange.ofParameters(state.parameters(), stack, template),
        ValueChange.between(state.tags(), stack.tags()),
        Optional.of(isProtected(manifest, stack)).filter(wanted -> wanted != state.isProtected()),
        policies.differs(stack),
        published.nodeConfig(stack) == PublishedAssets.Presence.GONE);
  }

  private JsonNode template(Stack stack) {
    return Json.tree(files.apply("templates/" + stack.template() + ".json").orElseThrow());
  }

  private JsonNode deployed(Stack stack) {
    return Json.tree(
        cloudFormation
            .getTemplate(request ->
                request.stackName(stack.stackName()).templateStage(TemplateStage.ORIGINAL))
            .templateBody());
  }

  private static boolean isProtected(JsonNode manifest, Stack stack) {
    return manifest
        .path("artifacts")
        .path(stack.stackName())
        .path("properties")
        .path("terminationProtection")
        .asBoolean(false);
  }
}
