package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which ways into and out of security groups two states of a template open. */
final class RuleDiff {
  private static final List<String> PEERS =
      List.of(
          "CidrIp",
          "CidrIpv6",
          "SourceSecurityGroupId",
          "SourcePrefixListId",
          "DestinationSecurityGroupId",
          "DestinationPrefixListId",
          "SourceSecurityGroupName");

  /** Of a prefix list: whatever opens a way to the list opens it to each of them. */
  private static final String ENTRY = "entry";

  private RuleDiff() {}

  /** A way that is open. Who describes it otherwise opens none. */
  private record Way(String group, String direction, String ports, String peer)
      implements Comparable<Way> {
    String shown() {
      return direction.equals(ENTRY)
          ? "whatever names the list to " + peer
          : ports + (direction.equals("ingress") ? " from " : " to ") + peer;
    }

    boolean isOpenToAll() {
      return peer.equals("0.0.0.0/0") || peer.equals("::/0");
    }

    @Override
    public int compareTo(Way other) {
      return toString().compareTo(other.toString());
    }
  }

  static List<Difference> between(String file, JsonNode before, JsonNode after) {
    var was = ways(before);
    var becomes = ways(after);
    var found = new ArrayList<Difference>();
    was.stream()
        .filter(way -> !becomes.contains(way))
        .forEach(way -> found.add(difference(Act.REMOVED, file, way)));
    becomes.stream()
        .filter(way -> !was.contains(way))
        .forEach(way -> found.add(difference(Act.ADDED, file, way)));
    return found;
  }

  private static Difference difference(Act act, String file, Way way) {
    var text = Optional.of(way.shown());
    var field =
        new FieldChange(
            way.direction(),
            act == Act.ADDED ? Optional.empty() : text,
            act == Act.ADDED ? text : Optional.empty());
    var change =
        Difference.of(Area.NETWORK, act, file, way.group(), way.direction()).with(List.of(field));
    return act == Act.REMOVED
        ? change.noting("closes " + way.shown())
        : change
            .risking(Risk.WIDER_ACCESS)
            .noting("opens " + way.shown() + (way.isOpenToAll() ? ": to everybody" : ""));
  }

  private static NavigableSet<Way> ways(JsonNode template) {
    var ways = new TreeSet<Way>();
    for (var resource : template.path("Resources").properties()) {
      var properties = resource.getValue().path("Properties");
      switch (resource.getValue().path("Type").asText()) {
        case "AWS::EC2::SecurityGroupIngress" ->
            ways.add(way(group(properties), "ingress", properties));
        case "AWS::EC2::SecurityGroupEgress" ->
            ways.add(way(group(properties), "egress", properties));
        case "AWS::EC2::SecurityGroup" -> inline(resource.getKey(), properties, ways);
        case "AWS::EC2::PrefixList" -> entries(resource.getKey(), properties, ways);
        default -> {}
      }
    }
    return ways;
  }

  private static void inline(String group, JsonNode properties, Set<Way> ways) {
    Intrinsics.items(properties.path("SecurityGroupIngress"))
        .forEach(rule -> ways.add(way(group, "ingress", rule)));
    Intrinsics.items(properties.path("SecurityGroupEgress"))
        .forEach(rule -> ways.add(way(group, "egress", rule)));
  }

  private static void entries(String list, JsonNode properties, Set<Way> ways) {
    Intrinsics.items(properties.path("Entries"))
        .forEach(entry ->
            ways.add(new Way(list, ENTRY, "", plain(Intrinsics.shown(entry.path("Cidr"))))));
  }

  private static String group(JsonNode properties) {
    return plain(Intrinsics.shown(properties.path("GroupId")));
  }

  private static Way way(String group, String direction, JsonNode rule) {
    var peer =
        PEERS.stream()
            .filter(rule::has)
            .map(name -> plain(Intrinsics.shown(rule.path(name))))
            .findFirst()
            .orElse("?");
    return new Way(group, direction, ports(rule), peer);
  }

  /** A security group by its logical id. */
  private static String plain(String text) {
    return text.replaceFirst("\\.GroupId$", "").replaceFirst("^\\$\\{([A-Za-z0-9]+)}$", "$1");
  }

  private static String ports(JsonNode rule) {
    var protocol = rule.path("IpProtocol").asText();
    if (protocol.equals("-1")) {
      return "everything";
    }
    var from = Intrinsics.shown(rule.path("FromPort"));
    var to = Intrinsics.shown(rule.path("ToPort"));
    return (from.equals(to) ? from : from + "-" + to) + "/" + protocol;
  }
}
