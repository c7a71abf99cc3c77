package dev.fairway.deploy.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.link.Stack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/**
 * The policies that keep updates from replacing what can't be made again.
 *
 * @param files of the assembly, by path
 */
record StackPolicies(
    CloudFormationClient cloudFormation, Function<String, Optional<byte[]>> files) {

  /** Sets those that differ; the names of the stacks that got one. */
  List<String> set(List<Stack> stacks, SortedMap<String, StackState> states, Objection objection) {
    var set = new ArrayList<String>();
    for (var stack : stacks) {
      if (isStanding(states, stack) && differs(stack)) {
        var policy = new String(bytes(stack).orElseThrow(), StandardCharsets.UTF_8);
        objection.heed();
        cloudFormation.setStackPolicy(
            request -> request.stackName(stack.stackName()).stackPolicyBody(policy));
        set.add(stack.stackName());
      }
    }
    return List.copyOf(set);
  }

  private static boolean isStanding(SortedMap<String, StackState> states, Stack stack) {
    return Optional.ofNullable(states.get(stack.stackName()))
        .filter(state -> state.status().isStanding())
        .isPresent();
  }

  /** Whether the stack's policy is another than the assembly's; never where that has none. */
  boolean differs(Stack stack) {
    return bytes(stack)
        .map(Json::tree)
        .filter(wanted -> !actual(stack).equals(Optional.of(wanted)))
        .isPresent();
  }

  /** The policy that the stack should have; empty when it needs none. */
  Optional<byte[]> bytes(Stack stack) {
    return files.apply("policies/" + stack.template() + ".json");
  }

  private Optional<JsonNode> actual(Stack stack) {
    var answer = cloudFormation.getStackPolicy(request -> request.stackName(stack.stackName()));
    return Optional.ofNullable(answer.stackPolicyBody())
        .filter(body -> !body.isBlank())
        .map(Json::tree);
  }
}
