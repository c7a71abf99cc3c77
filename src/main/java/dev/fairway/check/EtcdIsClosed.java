package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.model.Reach.Peer;
import dev.fairway.model.Reach.Protocol;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Addresses;
import dev.fairway.platform.cloud.Reachability;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whoever reaches etcd with a stolen certificate has the whole cluster, every Secret in it
 * included. So it answers the API server and its own members, and nobody else.
 */
@AutoService(Rule.class)
public final class EtcdIsClosed implements Rule {
  private static final Map<Peer, Set<Ports>> ADMITTED =
      Map.of(
          Reachability.MASTER, Set.of(Addresses.ETCD_CLIENT, Addresses.ETCD_METRICS),
          Reachability.ETCD, Set.of(Addresses.ETCD_PEER));

  @Override
  public Code code() {
    return Code.ETCD_REACHABLE;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    return Reaches.of(platform)
        .filter(reach -> reach.direction() == Direction.INGRESS)
        .filter(reach -> reach.owner().equals(Reachability.ETCD))
        .filter(reach -> !isAdmitted(reach))
        .map(reach -> finding(platform, reach));
  }

  private static boolean isAdmitted(Reach reach) {
    return reach.protocol() == Protocol.TCP
        && reach
            .ports()
            .filter(ADMITTED.getOrDefault(reach.peer(), Set.of())::contains)
            .isPresent();
  }

  private static Finding finding(Platform platform, Reach reach) {
    return Finding.at(
        Reaches.origin(platform, reach),
        "%s reaches etcd by %s".formatted(Reaches.peer(reach), Reaches.ports(reach)),
        "etcd admits masters to TCP %s and %s and members to TCP %s; ask the API server instead"
            .formatted(Addresses.ETCD_CLIENT, Addresses.ETCD_METRICS, Addresses.ETCD_PEER));
  }
}
