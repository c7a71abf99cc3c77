package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who is given policies that stand elsewhere, and what bounds what they may do. */
final class Attachments {
  private static final String BOUNDARY = "PermissionsBoundary";
  private static final String HOLDER = "policy holder";

  private Attachments() {}

  /** A policy of somebody, or somebody whom a policy is given to. */
  private record Attached(String id, String property, String to) implements Comparable<Attached> {
    String kind() {
      return switch (property) {
        case BOUNDARY -> "permissions boundary";
        case "ManagedPolicyArns" -> "managed policy";
        default -> HOLDER;
      };
    }

    @Override
    public int compareTo(Attached other) {
      return toString().compareTo(other.toString());
    }
  }

  static Stream<Difference> between(String file, JsonNode before, JsonNode after) {
    var was = attached(before);
    var becomes = attached(after);
    return Stream.concat(
            was.stream()
                .filter(it -> !becomes.contains(it))
                .map(it -> difference(Act.REMOVED, file, it, after)),
            becomes.stream()
                .filter(it -> !was.contains(it))
                .map(it -> difference(Act.ADDED, file, it, after)))
        // What a policy says that comes or goes is told statement by statement.
        .filter(it -> !it.kind().equals(HOLDER) || (has(before, it) && has(after, it)));
  }

  private static boolean has(JsonNode template, Difference it) {
    return template.path("Resources").has(it.subject());
  }

  private static Difference difference(Act act, String file, Attached it, JsonNode after) {
    var text = Optional.of(it.to());
    var field =
        new FieldChange(
            it.property(),
            act == Act.ADDED ? Optional.empty() : text,
            act == Act.ADDED ? text : Optional.empty());
    var change =
        Difference.of(Area.IAM, act, file, it.id(), it.kind()).with(List.of(field)).noting(it.to());
    var isBoundary = it.property().equals(BOUNDARY);
    var stays = after.path("Resources").has(it.id());
    // A role that goes is bound by nothing, and may do nothing.
    var isWider = isBoundary ? act == Act.REMOVED && stays : act == Act.ADDED;
    return isWider ? change.risking(Risk.WIDER_ACCESS) : change;
  }

  private static SortedSet<Attached> attached(JsonNode template) {
    var found = new TreeSet<Attached>();
    for (var resource : template.path("Resources").properties()) {
      var properties = resource.getValue().path("Properties");
      for (var name : properties(resource.getValue().path("Type").asText())) {
        Intrinsics.items(properties.path(name))
            .forEach(
                item -> found.add(new Attached(resource.getKey(), name, Intrinsics.shown(item))));
      }
    }
    return found;
  }

  private static List<String> properties(String type) {
    return switch (type) {
      case "AWS::IAM::Role", "AWS::IAM::User" -> List.of("ManagedPolicyArns", BOUNDARY);
      case "AWS::IAM::Group" -> List.of("ManagedPolicyArns");
      case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" -> List.of("Roles", "Users", "Groups");
      default -> List.of();
    };
  }
}
