package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is given what stands elsewhere: policies, roles and security groups; and what bounds what
 * they may do.
 */
final class Attachments {
  private Attachments() {}

  private enum Kind {
    BOUNDARY("permissions boundary"),
    MANAGED("managed policy"),
    HOLDER("policy holder"),
    ROLE("role"),
    PROFILE("instance profile"),
    GROUP("security group");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** What a policy or rule says that comes or goes is told by itself. */
    boolean isToldElsewhere() {
      return this == HOLDER || this == GROUP;
    }

    Area area() {
      return this == GROUP ? Area.NETWORK : Area.IAM;
    }
  }

  /** Where resources of a type have some of them, as a pointer below their properties. */
  private record Place(Kind kind, String pointer) {
    String property() {
      return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
  }

  private record Attached(String id, Place place, String to, Switch on) {
    /** Whether it surely is the same where the later one is. */
    boolean holds(Attached later) {
      return id.equals(later.id)
          && place.equals(later.place)
          && to.equals(later.to)
          && later.on.staysIn(on);
    }
  }

  static Stream<Difference> between(String file, JsonNode before, JsonNode after) {
    var was = attached(before);
    var becomes = attached(after);
    return Stream.concat(
            was.stream()
                .filter(it -> becomes.stream().noneMatch(later -> later.holds(it)))
                .filter(it -> isTold(it, before, after))
                .map(it -> difference(Act.REMOVED, file, it, after)),
            becomes.stream()
                .filter(it -> was.stream().noneMatch(earlier -> earlier.holds(it)))
                .filter(it -> isTold(it, before, after))
                .map(it -> difference(Act.ADDED, file, it, after)))
        .distinct();
  }

  private static boolean isTold(Attached it, JsonNode before, JsonNode after) {
    return !it.place().kind().isToldElsewhere() || (has(before, it) && has(after, it));
  }

  private static boolean has(JsonNode template, Attached it) {
    return template.path("Resources").has(it.id());
  }

  private static Difference difference(Act act, String file, Attached it, JsonNode after) {
    var kind = it.place().kind();
    var text = Optional.of(it.to());
    var field =
        new FieldChange(
            it.place().property(),
            act == Act.ADDED ? Optional.empty() : text,
            act == Act.ADDED ? text : Optional.empty());
    var change =
        Difference.of(kind.area(), act, file, it.id(), kind.words)
            .with(List.of(field))
            .noting(it.to());
    var stays = has(after, it);
    // A role that goes is bound by nothing, and may do nothing.
    var isWider = kind == Kind.BOUNDARY ? act == Act.REMOVED && stays : act == Act.ADDED;
    return isWider ? change.risking(Risk.WIDER_ACCESS) : change;
  }

  private static List<Attached> attached(JsonNode template) {
    var found = new ArrayList<Attached>();
    for (var resource : template.path("Resources").properties()) {
      var properties = resource.getValue().path("Properties");
      for (var place : places(resource.getValue().path("Type").asText())) {
        Branch.items(properties.at(place.pointer()))
            .forEach(item ->
                found.add(new Attached(resource.getKey(), place, shown(item.tree()), item.on())));
      }
    }
    return found;
  }

  /** An instance profile goes by its ARN or its name. */
  private static String shown(JsonNode to) {
    for (var name : List.of("Arn", "Name")) {
      if (to.has(name)) {
        return Intrinsics.shown(to.path(name));
      }
    }
    return Intrinsics.shown(to);
  }

  private static List<Place> places(String type) {
    var managed = new Place(Kind.MANAGED, "/ManagedPolicyArns");
    return switch (type) {
      case "AWS::IAM::Role", "AWS::IAM::User" ->
          List.of(managed, new Place(Kind.BOUNDARY, "/PermissionsBoundary"));
      case "AWS::IAM::Group" -> List.of(managed);
      case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" ->
          List.of(
              new Place(Kind.HOLDER, "/Roles"),
              new Place(Kind.HOLDER, "/Users"),
              new Place(Kind.HOLDER, "/Groups"));
      case "AWS::IAM::InstanceProfile" -> List.of(new Place(Kind.ROLE, "/Roles"));
      case "AWS::EC2::LaunchTemplate" ->
          List.of(
              new Place(Kind.PROFILE, "/LaunchTemplateData/IamInstanceProfile"),
              new Place(Kind.GROUP, "/LaunchTemplateData/SecurityGroupIds"));
      case "AWS::ElasticLoadBalancing::LoadBalancer" ->
          List.of(new Place(Kind.GROUP, "/SecurityGroups"));
      default -> List.of();
    };
  }
}
