package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.model.Reach.SecurityGroup;
import dev.fairway.platform.Platform;
import java.util.List;
import java.util.stream.Stream;

/**
 * Security groups against what listens: each port that one node needs of another is open, and a
 * port between nodes that is open is one that somebody needs.
 */
@AutoService(Rule.class)
public final class PortsAreReachable implements Rule {
  @Override
  public Code code() {
    return Code.PORT_REACH;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    var nodes = Node.of(platform);
    var needs = NeededPort.of(platform, nodes);
    var groups = NeededPort.groups(nodes.stream());
    var open =
        Reaches.of(platform).filter(reach -> reach.direction() == Direction.INGRESS).toList();
    return Stream.concat(
        needs.stream()
            .filter(need -> open.stream().noneMatch(need::isMetBy))
            .map(PortsAreReachable::closed),
        open.stream()
            .filter(reach -> isBetween(groups, reach))
            .filter(reach -> needs.stream().noneMatch(need -> need.isMetBy(reach)))
            .map(reach -> idle(platform, reach)));
  }

  private static Finding closed(NeededPort need) {
    return Finding.at(
        need.origin(),
        "%s needs %s %d of %s: %s"
            .formatted(
                need.from().name(), need.protocol(), need.port(), need.to().name(), need.why()),
        "open it in Reachability, or by the component's reach()");
  }

  /** Others come from load balancers and networks, and are judged by who they are. */
  private static boolean isBetween(List<SecurityGroup> nodes, Reach reach) {
    return nodes.contains(reach.owner())
        && reach.peer() instanceof SecurityGroup peer
        && nodes.contains(peer);
  }

  private static Finding idle(Platform platform, Reach reach) {
    return Finding.at(
        Reaches.origin(platform, reach),
        "%s is open from %s to %s, where nothing listens for it"
            .formatted(Reaches.ports(reach), Reaches.peer(reach), reach.owner().name()),
        "close it, or say what listens: a hostPort, or a Service or webhook of pods on the node's"
            + " network");
  }
}
