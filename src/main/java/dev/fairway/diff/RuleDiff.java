package dev.fairway.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which ways into and out of security groups two states of a template open. */
final class RuleDiff {
  private static final List<String> EVERYBODY = List.of("0.0.0.0/0", "::/0");

  private RuleDiff() {}

  static List<Difference> between(String file, JsonNode before, JsonNode after) {
    var was = ways(before);
    var becomes = ways(after);
    var found = new ArrayList<Difference>();
    was.stream()
        .filter(way -> becomes.stream().noneMatch(way::isKeptAs))
        .forEach(way -> found.add(Way.told(Act.REMOVED, file, way)));
    becomes.stream()
        .filter(way -> was.stream().noneMatch(way::isKeptAs))
        .map(way -> added(file, way, was))
        .forEach(found::add);
    return found.stream().distinct().toList();
  }

  /** What is no more than a part of what was open opens nothing. */
  private static Difference added(String file, Way way, Set<Way> before) {
    var told = Way.told(Act.ADDED, file, way);
    return before.stream().anyMatch(it -> it.holds(way))
        ? told.noting("part of what was open: " + way.shown())
        : told.risking(Risk.WIDER_ACCESS)
            .noting("opens " + way.shown() + (way.isOpenToAll() ? ": to everybody" : ""));
  }

  private static Set<Way> ways(JsonNode template) {
    var ways = new TreeSet<Way>();
    for (var resource : template.path("Resources").properties()) {
      var properties = resource.getValue().path("Properties");
      switch (resource.getValue().path("Type").asText()) {
        case "AWS::EC2::SecurityGroupIngress" ->
            ways.add(Way.of(group(properties), "ingress", new Branch(properties, Switch.NONE)));
        case "AWS::EC2::SecurityGroupEgress" ->
            ways.add(Way.of(group(properties), "egress", new Branch(properties, Switch.NONE)));
        case "AWS::EC2::SecurityGroup" -> inline(resource.getKey(), properties, ways);
        case "AWS::EC2::PrefixList" -> entries(resource.getKey(), properties, ways);
        default -> {}
      }
    }
    return ways;
  }

  private static void inline(String group, JsonNode properties, Set<Way> ways) {
    Branch.items(properties.path("SecurityGroupIngress"))
        .forEach(rule -> ways.add(Way.of(group, "ingress", rule)));
    var egress = Branch.items(properties.path("SecurityGroupEgress"));
    egress.forEach(rule -> ways.add(Way.of(group, "egress", rule)));
    // AWS gives a group without rules of its own one that lets everything out, and rules that are
    // resources of their own take it from no group.
    if (egress.isEmpty()) {
      EVERYBODY.forEach(range -> ways.add(Way.outward(group, range, Switch.NONE)));
    }
  }

  private static void entries(String list, JsonNode properties, Set<Way> ways) {
    Branch.items(properties.path("Entries")).forEach(entry -> ways.add(Way.entry(list, entry)));
  }

  private static String group(JsonNode properties) {
    return Way.plain(Intrinsics.shown(properties.path("GroupId")));
  }
}
