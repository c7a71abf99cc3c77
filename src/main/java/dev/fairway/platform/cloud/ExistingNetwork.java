package dev.fairway.platform.cloud;

import dev.fairway.model.Export;
import dev.fairway.model.Facts;
import dev.fairway.model.Value;
import java.util.List;

/**
 * A VPC that the cluster's owner brought: the same exports as {@link Network}, from parameters, so
 * that nothing downstream knows the difference.
 */
public record ExistingNetwork() implements Template {
  @Override
  public String name() {
    return "network-existing";
  }

  @Override
  public String description() {
    return "The exports of a VPC that was there before the cluster";
  }

  @Override
  public List<Export> exports() {
    return Network.exports(
        Value.of(Facts.VPC_ID),
        zone -> Value.of(Facts.publicSubnet(zone)),
        zone -> Value.of(Facts.privateSubnet(zone)),
        Value.ref(Network.NAT_PREFIX_LIST));
  }
}
