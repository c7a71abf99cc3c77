package dev.fairway.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.e2e.cloud.AwsClients;
import dev.fairway.release.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What CloudFormation has, and how much there is in the account, so that nothing lies about. */
final class StacksState {
  private final AwsClients clients;

  StacksState(AwsClients clients) {
    this.clients = clients;
  }

  void collect(Map<String, String> facts) {
    clients.cloudFormation().describeStacks().stacks().stream()
        .filter(StacksState::isOfCluster)
        .forEach(stack -> facts.put("stack " + stack.stackName(), text(stack)));
    counts(clients.ec2()).forEach((kind, count) -> facts.put("count " + kind, count.toString()));
    facts.put("assets", String.join("\n", assets()));
    facts.put("groups", String.join("\n", groups()));
  }

  /** CDK's bootstrap has a stack as well. */
  private static boolean isOfCluster(Stack stack) {
    return stack.stackStatus() != StackStatus.DELETE_COMPLETE
        && stack.tags().stream().anyMatch(tag -> tag.key().equals("fairway:cluster"));
  }

  private String text(Stack stack) {
    var name = stack.stackName();
    var lines = new TreeMap<String, String>();
    lines.put("status", stack.stackStatusAsString());
    lines.put("termination protection", String.valueOf(stack.enableTerminationProtection()));
    stack
        .parameters()
        .forEach(parameter ->
            lines.put("parameter " + parameter.parameterKey(), parameter.parameterValue()));
    stack.tags().forEach(tag -> lines.put("tag " + tag.key(), tag.value()));
    clients
        .resources(name)
        .forEach(resource ->
            lines.put(
                "resource " + resource.logicalResourceId(),
                resource.resourceType() + " " + resource.resourceStatusAsString()));
    lines.put("template", template(name));
    lines.put("policy", policy(name));
    return lines.entrySet().stream()
        .map(line -> line.getKey() + ": " + line.getValue())
        .collect(Collectors.joining("\n"));
  }

  private String template(String stack) {
    return canonical(
        clients.cloudFormation().getTemplate(request -> request.stackName(stack)).templateBody());
  }

  private String policy(String stack) {
    return Optional.ofNullable(
            clients
                .cloudFormation()
                .getStackPolicy(request -> request.stackName(stack))
                .stackPolicyBody())
        .filter(body -> !body.isEmpty())
        .map(StacksState::canonical)
        .orElse("none");
  }

  private static String canonical(String json) {
    try {
      return CanonicalJson.text(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  private static Map<String, Integer> counts(Ec2Client ec2) {
    var counts = new TreeMap<String, Integer>();
    counts.put("VPCs", ec2.describeVpcs().vpcs().size());
    counts.put("subnets", ec2.describeSubnets().subnets().size());
    counts.put("route tables", ec2.describeRouteTables().routeTables().size());
    counts.put("gateways", ec2.describeInternetGateways().internetGateways().size());
    counts.put("NAT gateways", ec2.describeNatGateways().natGateways().size());
    counts.put("addresses", ec2.describeAddresses().addresses().size());
    counts.put("security groups", ec2.describeSecurityGroups().securityGroups().size());
    counts.put("volumes", ec2.describeVolumes().volumes().size());
    counts.put("launch templates", ec2.describeLaunchTemplates().launchTemplates().size());
    return counts;
  }

  /** Published under names that are digests. */
  private List<String> assets() {
    return clients.s3().listBuckets().buckets().stream()
        .filter(bucket -> bucket.name().startsWith("cdk-"))
        .flatMap(bucket ->
            clients
                .s3()
                .listObjectsV2Paginator(request -> request.bucket(bucket.name()))
                .contents()
                .stream())
        .map(object -> object.key())
        .sorted()
        .toList();
  }

  private List<String> groups() {
    return clients.autoScaling().describeAutoScalingGroups().autoScalingGroups().stream()
        .map(group ->
            "%s %d-%d, %d instances"
                .formatted(
                    group.tags().stream()
                        .filter(tag -> tag.key().equals("fairway:stack"))
                        .map(tag -> tag.value())
                        .findFirst()
                        .orElse("?"),
                    group.minSize(),
                    group.maxSize(),
                    group.instances().size()))
        .sorted()
        .toList();
  }
}
