package dev.fairway.check;

import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Peer;
import dev.fairway.model.Value;
import dev.fairway.platform.Platform;
import dev.fairway.platform.Platform.Part;
import dev.fairway.platform.cloud.Reachability;
import java.util.List;
import java.util.stream.Stream;

/** The rules of security groups, as rules of ours speak of them. */
final class Reaches {
  private Reaches() {}

  static Stream<Reach> of(Platform platform) {
    return platform.templates().stream().flatMap(template -> template.reach().stream());
  }

  /** A component's own, or that of every cluster. */
  static Origin origin(Platform platform, Reach reach) {
    var components =
        platform.parts().stream()
            .filter(part -> part.reach().stream().anyMatch(it -> isOf(it, reach)))
            .map(Part::source);
    var files = Stream.concat(components, Stream.of(Platform.source(Reachability.class))).toList();
    return new Origin(files, List.of(reach.reason(), ports(reach), reach.owner().name()));
  }

  /** The reasons of several components are joined to one. */
  private static boolean isOf(Reach declared, Reach reach) {
    return declared.owner().equals(reach.owner())
        && declared.peer().equals(reach.peer())
        && declared.protocol() == reach.protocol()
        && declared.ports().equals(reach.ports());
  }

  static String peer(Reach reach) {
    return peer(reach.peer());
  }

  private static String peer(Peer peer) {
    return switch (peer) {
      case Reach.SecurityGroup(var name) -> name;
      case Reach.Network(Value.Literal(var cidr)) -> cidr;
      case Reach.Network(Value.Parameter(var symbol)) -> symbol.name();
      case Reach.Network(var cidr) -> cidr.cloudFormation().toString();
      case Reach.PrefixList(var id) -> id.cloudFormation().toString();
    };
  }

  /** {@code TCP 443}, or {@code every port}. */
  static String ports(Reach reach) {
    return reach.ports().map(ports -> reach.protocol() + " " + ports).orElse("every port");
  }
}
