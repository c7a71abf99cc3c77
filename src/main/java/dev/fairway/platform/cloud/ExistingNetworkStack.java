package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Value;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awscdk.services.ec2.CfnPrefixList;
import software.amazon.awscdk.services.ec2.CfnPrefixListProps;
import software.constructs.Construct;

/** Builds {@link ExistingNetwork}. */
public final class ExistingNetworkStack extends ClusterStack {
  public ExistingNetworkStack(Construct app, ExistingNetwork facts) {
    super(app, facts);
    natPrefixList();
    export(facts);
  }

  private void natPrefixList() {
    var entries = IntStream.rangeClosed(1, Facts.CIDRS).mapToObj(this::entry).toList();
    var _ =
        new CfnPrefixList(
            this,
            Network.NAT_PREFIX_LIST,
            CfnPrefixListProps.builder()
                .prefixListName(text(Value.join(Facts.LOCAL_ID, "-nat")))
                .addressFamily("IPv4")
                .maxEntries(Facts.CIDRS)
                .entries(entries)
                .build());
  }

  private Object entry(int number) {
    var cidr = Facts.natCidr(number);
    return any(
        onlyIf(
            given(cidr),
            Map.of("Cidr", json(Value.of(cidr)), "Description", "NAT address " + number)));
  }
}
