package dev.fairway.check;

import com.google.auto.service.AutoService;
import dev.fairway.diagnostic.Code;
import dev.fairway.model.Reach;
import dev.fairway.model.Reach.Direction;
import dev.fairway.model.Value;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Reachability;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom a port is open to, a cluster's record or the platform names. The whole internet is nobody's
 * name, but for the listeners that are declared public.
 */
@AutoService(Rule.class)
public final class NothingIsOpenToAll implements Rule {
  private static final Set<Value> EVERYWHERE = Set.of(Value.of("0.0.0.0/0"), Value.of("::/0"));

  @Override
  public Code code() {
    return Code.OPEN_TO_ALL;
  }

  @Override
  public Stream<Finding> check(Platform platform) {
    return Reaches.of(platform)
        .filter(NothingIsOpenToAll::isOpen)
        .map(reach -> finding(platform, reach));
  }

  private static boolean isOpen(Reach reach) {
    return reach.direction() == Direction.INGRESS
        && reach.peer() instanceof Reach.Network(var cidr)
        && EVERYWHERE.contains(cidr)
        && !Reachability.isPublic(reach);
  }

  private static Finding finding(Platform platform, Reach reach) {
    return Finding.at(
        Reaches.origin(platform, reach),
        "%s admits %s to %s"
            .formatted(reach.owner().name(), Reaches.peer(reach), Reaches.ports(reach)),
        "name a security group, or a prefix list that cluster records fill");
  }
}
