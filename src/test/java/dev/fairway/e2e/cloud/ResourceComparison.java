package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.cloud.Finding.Kind;
import dev.fairway.link.Assembly;
import dev.fairway.link.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Export;

/** Every resource and every property of a cluster's templates, as the engine's own API has them. */
public final class ResourceComparison {
  private final Assembly assembly;
  private final AwsClients clients;
  private final Descriptions descriptions;
  private final Map<String, String> exports;

  private ResourceComparison(Assembly assembly, AwsClients clients) {
    this.assembly = assembly;
    this.clients = clients;
    this.descriptions = new Descriptions(clients);
    this.exports =
        clients.cloudFormation().listExportsPaginator().exports().stream()
            .collect(Collectors.toMap(Export::name, Export::value));
  }

  /** One finding for each property of each resource of the assembly's stacks. */
  public static List<Finding> of(Assembly assembly, AwsClients clients) {
    var comparison = new ResourceComparison(assembly, clients);
    return assembly.stacks().stream().flatMap(stack -> comparison.compare(stack).stream()).toList();
  }

  /** The logical ids of what a stack should hold: what its parameters switch off is left out. */
  public static Set<String> wanted(Assembly assembly, Stack stack) {
    var template = template(assembly, stack);
    var intrinsics =
        new Intrinsics(new OfParameters(stack.parameters()), template.path("Conditions"));
    var wanted = new TreeSet<String>();
    for (var resource : template.path("Resources").properties()) {
      if (intrinsics.isWanted(resource.getValue())) {
        wanted.add(resource.getKey());
      }
    }
    return wanted;
  }

  private static JsonNode template(Assembly assembly, Stack stack) {
    var path = "templates/%s.json".formatted(stack.template());
    return Documents.parse(Objects.requireNonNull(assembly.files().get(path), path).bytes());
  }

  /** What conditions are made of; they know no resource. */
  private record OfParameters(Map<String, String> parameters) implements Intrinsics.Scope {
    @Override
    public String ref(String name) {
      return Objects.requireNonNull(parameters.get(name), name);
    }

    @Override
    public String attribute(String logicalId, String attribute) {
      throw new AssertionError("a condition can't ask for " + logicalId);
    }

    @Override
    public String imported(String export) {
      throw new AssertionError("a condition can't import " + export);
    }
  }

  private List<Finding> compare(Stack stack) {
    return new OfStack(stack).compare();
  }

  /** One stack; a resource is asked for once, and when another refers to it. */
  private final class OfStack implements Intrinsics.Scope {
    private final Stack stack;
    private final JsonNode resources;
    private final Intrinsics intrinsics;
    private final Map<String, String> ids = new TreeMap<>();
    private final Map<String, Optional<ObjectNode>> described = new HashMap<>();

    OfStack(Stack stack) {
      this.stack = stack;
      var template = template(assembly, stack);
      this.resources = template.path("Resources");
      this.intrinsics = new Intrinsics(this, template.path("Conditions"));
      clients
          .resources(stack.stackName())
          .forEach(found -> ids.put(found.logicalResourceId(), found.physicalResourceId()));
    }

    List<Finding> compare() {
      var findings = new ArrayList<Finding>();
      for (var resource : resources.properties()) {
        var logicalId = resource.getKey();
        if (intrinsics.isWanted(resource.getValue()) != ids.containsKey(logicalId)) {
          findings.add(whole(logicalId));
        } else if (ids.containsKey(logicalId)) {
          findings.addAll(compare(logicalId));
        }
      }
      return findings;
    }

    private List<Finding> compare(String logicalId) {
      var actual = description(logicalId);
      if (actual.isEmpty()) {
        return List.of(whole(logicalId));
      }
      var wanted = wanted(logicalId);
      StackTags.add(stack, type(logicalId), wanted, actual.get());
      return Comparison.of(
          wanted,
          actual.get(),
          (path, kind, left, right) ->
              finding(logicalId, path, kind, left.toString(), right.toString()));
    }

    private ObjectNode wanted(String logicalId) {
      return (ObjectNode)
          intrinsics.resolve(resources.path(logicalId).path("Properties")).orElseThrow();
    }

    private Optional<ObjectNode> description(String logicalId) {
      var known = described.get(logicalId);
      if (known == null) {
        var resource = new Resource(type(logicalId), id(logicalId), wanted(logicalId), siblings());
        known = descriptions.of(resource);
        described.put(logicalId, known);
      }
      return known;
    }

    private Set<String> siblings() {
      var siblings = new TreeSet<>(ids.values());
      // Ref of a policy is not its name, by which roles have it.
      resources.forEach(
          resource -> siblings.add(resource.path("Properties").path("PolicyName").asText()));
      return siblings;
    }

    private String id(String logicalId) {
      return Objects.requireNonNull(ids.get(logicalId), logicalId);
    }

    private String type(String logicalId) {
      return resources.path(logicalId).path("Type").asText();
    }

    private Finding whole(String logicalId) {
      return finding(
          logicalId,
          "",
          Kind.MISSING,
          Boolean.toString(intrinsics.isWanted(resources.path(logicalId))),
          ids.getOrDefault(logicalId, "no such resource"));
    }

    private Finding finding(
        String logicalId, String path, Kind kind, String wanted, String actual) {
      return new Finding(stack.stackName(), logicalId, type(logicalId), path, kind, wanted, actual);
    }

    @Override
    public String ref(String name) {
      if (stack.parameters().containsKey(name)) {
        return stack.parameters().get(name);
      }
      if (ids.containsKey(name)) {
        return ids.get(name);
      }
      return switch (name) {
        case "AWS::AccountId" -> assembly.cluster().account().id();
        case "AWS::Region" -> assembly.cluster().region().toString();
        case "AWS::Partition" -> "aws";
        case "AWS::StackName" -> stack.stackName();
        default -> throw new AssertionError(stack.stackName() + " has nothing called " + name);
      };
    }

    @Override
    public String attribute(String logicalId, String attribute) {
      return description(logicalId)
          .map(found -> found.path(attribute))
          .filter(JsonNode::isValueNode)
          .map(JsonNode::asText)
          .orElseThrow(() -> new AssertionError("no " + logicalId + "." + attribute));
    }

    @Override
    public String imported(String export) {
      return Optional.ofNullable(exports.get(export))
          .orElseThrow(() -> new AssertionError("nothing exports " + export));
    }
  }
}
