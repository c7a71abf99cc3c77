package dev.fairway.source;

import dev.fairway.model.Cluster;
import dev.fairway.model.NodePool;
import dev.fairway.model.Vpc;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * A cluster record as text, always in the same order: equal records are equal texts, and {@link
 * FleetReader} reads them back. So its digest stands for the record.
 */
public final class ClusterText {
  private final StringBuilder text = new StringBuilder();

  private ClusterText() {}

  public static String of(Cluster cluster) {
    var writer = new ClusterText();
    writer.identity(cluster);
    writer.api(cluster);
    writer.network(cluster);
    writer.bootstrap(cluster);
    writer.configItems("", cluster.configItems());
    writer.nodePools(cluster.nodePools());
    return writer.text.toString();
  }

  private void identity(Cluster cluster) {
    line("id: ", cluster.id());
    line("infrastructure_account: ", cluster.account().registryId());
    line("region: ", cluster.region());
    line("local_id: ", cluster.localId());
    line("alias: ", quoted(cluster.alias()));
    line("owner: ", quoted(cluster.owner()));
    line("environment: ", cluster.environment().keyword());
    line("criticality_level: ", cluster.criticality());
    line("channel: ", quoted(cluster.channel()));
    line("lifecycle_status: ", cluster.lifecycleStatus().keyword());
  }

  private void api(Cluster cluster) {
    line("api_server_url: ", cluster.api().url());
    line("api_scheme: ", cluster.api().scheme().keyword());
    list("api_access_cidrs:", cluster.api().access());
    line("hosted_zone:", "");
    line("  id: ", cluster.hostedZone().id());
    line("  name: ", cluster.hostedZone().name());
    line("certificate_arn: ", cluster.api().certificate());
  }

  private void network(Cluster cluster) {
    list("availability_zones:", cluster.zones());
    line("vpc_cidr: ", cluster.vpc().cidr());
    if (cluster.vpc() instanceof Vpc.Brought brought) {
      line("vpc_id: ", brought.id());
      list("public_subnets:", brought.publicSubnets());
      list("private_subnets:", brought.privateSubnets());
      list("nat_addresses:", brought.natAddresses());
    }
    line("ami: ", cluster.ami());
  }

  private void bootstrap(Cluster cluster) {
    line("cdk_qualifier: ", quoted(cluster.bootstrap().qualifier()));
    cluster.bootstrap().assetsKey().ifPresent(key -> line("cdk_assets_key_arn: ", key));
  }

  private void configItems(String indent, SortedMap<String, String> items) {
    line(indent + "config_items:", items.isEmpty() ? " {}" : "");
    items.forEach((key, value) -> line(indent + "  " + quoted(key) + ": ", quoted(value)));
  }

  private void nodePools(List<NodePool> pools) {
    line("node_pools:", pools.isEmpty() ? " []" : "");
    pools.forEach(this::nodePool);
  }

  private void nodePool(NodePool pool) {
    line("  - name: ", quoted(pool.name()));
    line("    profile: ", quoted(pool.profile()));
    line("    discount_strategy: ", pool.discountStrategy().keyword());
    list("    instance_types:", pool.instanceTypes());
    line("    min_size: ", pool.minSize());
    line("    max_size: ", pool.maxSize());
    configItems("    ", pool.configItems());
  }

  /** An empty list is left out: to read, it is the same. */
  private void list(String key, List<?> items) {
    if (!items.isEmpty()) {
      line(key, "");
      var indent = " ".repeat(key.length() - key.stripLeading().length());
      items.forEach(item -> line(indent + "  - ", item));
    }
  }

  private void line(String key, Object value) {
    text.append(key).append(value).append('\n');
  }

  /**
   * What could be something else than text, or hold anything, stands in quotes: {@code null} is a
   * fine alias.
   */
  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints().forEach(codePoint -> escape(codePoint, quoted));
    return quoted.append('"').toString();
  }

  private static void escape(int codePoint, StringBuilder to) {
    if (codePoint == '"' || codePoint == '\\') {
      to.append('\\').append((char) codePoint);
    } else if (codePoint >= ' ' && codePoint < 0x7f) {
      to.append((char) codePoint);
    } else {
      to.append("\\U").append(HexFormat.of().toHexDigits(codePoint));
    }
  }
}
