package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two states of one template: resources by logical id with what CloudFormation would do about each,
 * and everything else by section.
 */
final class TemplateDiff {
  /** What is in them can't be made again. */
  private static final Set<String> PRECIOUS =
      Set.of(
          "AWS::EC2::Volume",
          "AWS::KMS::Key",
          "AWS::Logs::LogGroup",
          "AWS::S3::Bucket",
          "AWS::SecretsManager::Secret");

  /** What they open and close is told by {@link RuleDiff}. */
  private static final Set<String> RULES =
      Set.of("AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress");

  private static final Pattern PROPERTY =
      Pattern.compile("Properties\\.([A-Za-z0-9]+).*", Pattern.DOTALL);
  private static final String LAUNCH_TEMPLATE = "AWS::EC2::LaunchTemplate";

  private final String file;
  private final JsonNode before;
  private final JsonNode after;

  private TemplateDiff(String file, JsonNode before, JsonNode after) {
    this.file = file;
    this.before = before;
    this.after = after;
  }

  /** The template's changes; a missing node stands for a template that is not there. */
  static List<Difference> between(String file, JsonNode before, JsonNode after) {
    return new TemplateDiff(file, before, after).differences();
  }

  private List<Difference> differences() {
    var found = new TreeMap<String, Difference>();
    var was = before.path("Resources");
    var becomes = after.path("Resources");
    for (var id : Trees.names(was, becomes)) {
      resource(id, was.path(id), becomes.path(id)).ifPresent(change -> found.put(id, change));
    }
    follow(found);
    found.replaceAll((id, change) -> behindExport(id, change));
    var all = new ArrayList<>(found.values());
    sections().forEach(all::add);
    return all;
  }

  private Optional<Difference> resource(String id, JsonNode was, JsonNode becomes) {
    if (was.equals(becomes)) {
      return Optional.empty();
    }
    var act = Trees.act(was, becomes);
    var type = (act == Act.REMOVED ? was : becomes).path("Type").asText();
    var change = Difference.of(Area.STACKS, act, file, id, type);
    return Optional.of(
        switch (act) {
          case ADDED -> change;
          case REMOVED -> removed(change, was);
          case CHANGED -> changed(change, was, becomes);
        });
  }

  private static Difference removed(Difference change, JsonNode was) {
    var policy = was.path("DeletionPolicy").asText("Delete");
    if (policy.startsWith("Retain")) {
      return change.noting("it stays in the account, and no stack has it any more: " + policy);
    }
    if (RULES.contains(change.kind())) {
      return change.harmless();
    }
    return PRECIOUS.contains(change.kind())
        ? change.risking(Risk.DATA_LOSS).noting("it is deleted with what is in it")
        : change;
  }

  private static Difference changed(Difference change, JsonNode was, JsonNode becomes) {
    var fields = FieldChanges.between(was, becomes);
    var changed = change.with(fields.stream().map(TemplateDiff::unnested).toList());
    if (!was.path("Type").equals(becomes.path("Type"))) {
      return changed
          .risking(Risk.REFUSED)
          .noting("CloudFormation changes no resource's type: give the new one another logical id");
    }
    var type = change.kind();
    var risk =
        fields.stream()
            .flatMap(field -> property(field).stream())
            .map(property -> CreateOnly.table().risk(type, property))
            .reduce(type.equals(LAUNCH_TEMPLATE) ? Risk.ROLL : Risk.ORDINARY, Risk::or);
    if (risk == Risk.REPLACEMENT && RULES.contains(type)) {
      return changed.noting("it is replaced, the new rule before the old one goes");
    }
    return risk == Risk.REPLACEMENT ? replaced(changed, was, becomes) : changed.risking(risk);
  }

  private static Difference replaced(Difference change, JsonNode was, JsonNode becomes) {
    var type = change.kind();
    var name =
        CreateOnly.table().fixedName(type, was.path("Properties"), becomes.path("Properties"));
    if (name.isPresent()) {
      return change
          .risking(Risk.REFUSED)
          .noting(
              "CloudFormation replaces nothing under a fixed name: change %s too"
                  .formatted(name.get()));
    }
    var retained = becomes.path("UpdateReplacePolicy").asText("").startsWith("Retain");
    return PRECIOUS.contains(type) && !retained
        ? change.risking(Risk.DATA_LOSS).noting("it is replaced by an empty one")
        : change.risking(Risk.REPLACEMENT);
  }

  private static Optional<String> property(FieldChange field) {
    var matcher = PROPERTY.matcher(field.path());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Properties go by their own names, as nothing else of a resource is called alike. */
  private static FieldChange unnested(FieldChange field) {
    var path = field.path();
    return path.startsWith("Properties.")
        ? new FieldChange(path.substring("Properties.".length()), field.was(), field.becomes())
        : field;
  }

  /** What refers to a replaced resource where it can't be changed is replaced with it. */
  private void follow(Map<String, Difference> found) {
    var resources = after.path("Resources");
    boolean grown;
    do {
      grown = false;
      for (var resource : resources.properties()) {
        var id = resource.getKey();
        if (!before.path("Resources").has(id) || isReplaced(found, id)) {
          continue;
        }
        var leader = leader(resource.getValue(), found);
        if (leader.isPresent()) {
          found.put(id, follower(found, id, resource.getValue(), leader.get()));
          grown = true;
        }
      }
    } while (grown);
  }

  private static boolean isReplaced(Map<String, Difference> found, String id) {
    var change = found.get(id);
    return change != null
        && change.act() == Act.CHANGED
        && change.risk().compareTo(Risk.POSSIBLE_REPLACEMENT) <= 0;
  }

  private static Optional<String> leader(JsonNode resource, Map<String, Difference> found) {
    var type = resource.path("Type").asText();
    return resource.path("Properties").properties().stream()
        .filter(property -> CreateOnly.table().risk(type, property.getKey()) == Risk.REPLACEMENT)
        .flatMap(property -> Intrinsics.references(property.getValue()).stream())
        .filter(id -> isReplaced(found, id))
        .sorted()
        .findFirst();
  }

  private Difference follower(
      Map<String, Difference> found, String id, JsonNode resource, String leader) {
    var type = resource.path("Type").asText();
    var change =
        Optional.ofNullable(found.get(id))
            .orElseGet(() -> Difference.of(Area.STACKS, Act.CHANGED, file, id, type));
    var risk = Optional.ofNullable(found.get(leader)).map(Difference::risk).orElseThrow();
    return change
        .risking(risk == Risk.POSSIBLE_REPLACEMENT ? risk : Risk.REPLACEMENT)
        .noting("because " + leader + " is replaced");
  }

  /** CloudFormation changes no value that another stack imports. */
  private Difference behindExport(String id, Difference change) {
    var gone = change.act() == Act.REMOVED || change.risk() == Risk.REPLACEMENT;
    if (!gone && change.risk() != Risk.DATA_LOSS) {
      return change;
    }
    return before.path("Outputs").properties().stream()
        .map(output -> output.getValue())
        .filter(output -> output.has("Export"))
        .filter(output -> Intrinsics.references(output.path("Value")).contains(id))
        .map(output -> Intrinsics.shown(output.path("Export").path("Name")))
        .sorted()
        .findFirst()
        .map(export ->
            change
                .risking(Risk.REFUSED)
                .noting(
                    "it stands behind the export %s, which CloudFormation does not change while"
                            .formatted(export)
                        + " another stack imports it"))
        .orElse(change);
  }

  private Stream<Difference> sections() {
    return Trees.names(before, after).stream()
        .filter(section -> !section.equals("Resources"))
        .flatMap(section -> section(section, before.path(section), after.path(section)));
  }

  private Stream<Difference> section(String section, JsonNode was, JsonNode becomes) {
    if (!was.isObject() && !becomes.isObject()) {
      return was.equals(becomes) ? Stream.of() : Stream.of(part(section, section, was, becomes));
    }
    return Trees.names(was, becomes).stream()
        .filter(name -> !was.path(name).equals(becomes.path(name)))
        .map(name -> part(section, name, was.path(name), becomes.path(name)));
  }

  private Difference part(String section, String name, JsonNode was, JsonNode becomes) {
    var act = Trees.act(was, becomes);
    var kind = section.endsWith("s") ? section.substring(0, section.length() - 1) : section;
    var change = Difference.of(Area.STACKS, act, file, name, kind);
    if (act == Act.CHANGED) {
      return change.with(FieldChanges.between(wrapped(was), wrapped(becomes)));
    }
    return act == Act.REMOVED && was.has("Export")
        ? change
            .risking(Risk.REFUSED)
            .noting("CloudFormation removes no export while another stack imports it")
        : change;
  }

  private static JsonNode wrapped(JsonNode value) {
    return value.isObject() ? value : JsonNodeFactory.instance.objectNode().set("value", value);
  }
}
