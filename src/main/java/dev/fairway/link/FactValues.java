package dev.fairway.link;

import dev.fairway.model.Cidr;
import dev.fairway.model.Cluster;
import dev.fairway.model.Facts;
import dev.fairway.model.NodePool;
import dev.fairway.model.Profile;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolValue.Taints;
import dev.fairway.model.SymbolValue.Text;
import dev.fairway.model.SymbolValue.TextList;
import dev.fairway.model.SymbolValue.TextMap;
import dev.fairway.model.SymbolValue.Whole;
import dev.fairway.model.Taint;
import dev.fairway.model.Vpc;
import dev.fairway.platform.cloud.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the built-in symbols stand for: what a record says, and what follows from it. */
final class FactValues {
  /** The eight equal parts that a VPC's range is cut into are three bits. */
  private static final int PART_BITS = 3;

  private static final int ADDRESS_BITS = 32;

  private FactValues() {}

  static void cluster(Cluster cluster, Values values) {
    put(values, Facts.CLUSTER_ID, cluster.id());
    put(values, Facts.CLUSTER_TAG, tag(cluster));
    put(values, Facts.ALIAS, cluster.alias());
    put(values, Facts.LOCAL_ID, cluster.localId());
    put(values, Facts.ACCOUNT, cluster.account().id());
    put(values, Facts.REGION, cluster.region());
    put(values, Facts.ENVIRONMENT, cluster.environment().keyword());
    put(values, Facts.API_HOST, cluster.api().host());
    put(values, Facts.API_SCHEME, cluster.api().scheme().keyword());
    put(values, Facts.HOSTED_ZONE_ID, cluster.hostedZone().id());
    put(values, Facts.HOSTED_ZONE_NAME, cluster.hostedZone().name());
    put(values, Facts.ETCD_DOMAIN, "etcd." + cluster.localId() + "." + cluster.hostedZone().name());
    put(values, Facts.CERTIFICATE_ARN, cluster.api().certificate());
    put(values, Facts.AMI, cluster.ami());
    var zones = cluster.zones().stream().map(Object::toString).toList();
    values.put(Facts.ZONE_NAMES, new TextList(zones));
    for (var zone = 1; zone <= Facts.ZONES; zone++) {
      put(values, Facts.zone(zone), zones.get(zone - 1));
    }
    var bootstrap = cluster.bootstrap();
    put(values, Facts.ASSETS_BUCKET, Bootstrap.of(cluster).bucket());
    put(values, Facts.ASSETS_KEY_ARN, bootstrap.assetsKey().map(Object::toString).orElse(""));
    put(values, Facts.VPC_CIDR, cluster.vpc().cidr());
    numbered(values, cluster.api().access(), Facts::apiAccessCidr);
    switch (cluster.vpc()) {
      case Vpc.Own(var cidr) ->
          values.put(Facts.SUBNET_HOST_BITS, new Whole(ADDRESS_BITS - PART_BITS - cidr.prefix()));
      case Vpc.Brought brought -> brought(brought, values);
    }
  }

  /** What the tag {@code fairway:cluster} says. */
  static String tag(Cluster cluster) {
    return Stack.clusterTag(cluster.id());
  }

  private static void brought(Vpc.Brought vpc, Values values) {
    put(values, Facts.VPC_ID, vpc.id());
    for (var zone = 1; zone <= Facts.ZONES; zone++) {
      put(values, Facts.publicSubnet(zone), vpc.publicSubnets().get(zone - 1));
      put(values, Facts.privateSubnet(zone), vpc.privateSubnets().get(zone - 1));
    }
    numbered(values, vpc.natAddresses(), Facts::natCidr);
  }

  private interface Numbered {
    Symbol symbol(int number);
  }

  private static void numbered(Values values, List<Cidr> cidrs, Numbered numbered) {
    for (var number = 1; number <= Facts.CIDRS; number++) {
      put(values, numbered.symbol(number), number <= cidrs.size() ? cidrs.get(number - 1) : "");
    }
  }

  static void pool(NodePool pool, Profile profile, Values values) {
    put(values, Facts.POOL_NAME, pool.name());
    put(values, Facts.POOL_PROFILE, profile.name());
    var groups = profile.splitByZone() ? Facts.ZONES : 1;
    values.put(Facts.POOL_MIN_SIZE, new Whole(pool.minSize() / groups));
    values.put(Facts.POOL_MAX_SIZE, new Whole(pool.maxSize() / groups));
    var types = types(pool, profile);
    for (var number = 1; number <= Facts.INSTANCE_TYPES; number++) {
      put(values, Facts.instanceType(number), number <= types.size() ? types.get(number - 1) : "");
    }
    values.put(Facts.POOL_LABELS, new TextMap(labels(pool, profile, values)));
    values.put(Facts.POOL_TAINTS, new Taints(taints(profile, values)));
  }

  private static List<String> types(NodePool pool, Profile profile) {
    return pool.instanceTypes().isEmpty()
        ? profile.instanceTypes()
        : pool.instanceTypes().stream().map(Object::toString).toList();
  }

  private static SortedMap<String, String> labels(NodePool pool, Profile profile, Values values) {
    var labels = new TreeMap<>(ownLabels(values));
    labels.putAll(Profiles.labels(profile));
    labels.put(Profiles.POOL_LABEL, pool.name());
    return labels;
  }

  /** The labels that the pool's own setting adds to the profile's. */
  static SortedMap<String, String> ownLabels(Values values) {
    return values.get(Facts.NODE_LABELS.name()) instanceof TextMap(var entries)
        ? entries
        : new TreeMap<>();
  }

  private static List<Taint> taints(Profile profile, Values values) {
    var taints = new ArrayList<Taint>();
    taints.add(Taint.STARTUP);
    profile
        .taints()
        .forEach((key, value) -> taints.add(Taint.parse(key + "=" + value).orElseThrow()));
    taints.addAll(ownTaints(values));
    return taints;
  }

  /** The taints that the pool's own setting adds to the profile's. */
  static List<Taint> ownTaints(Values values) {
    return values.get(Facts.NODE_TAINTS.name()) instanceof Taints(var taints) ? taints : List.of();
  }

  /** A zone's stack of a pool that is split by zone. */
  static void zone(Cluster cluster, int number, Values values) {
    put(values, Facts.POOL_ZONE, cluster.zones().get(number - 1));
    values.put(Facts.POOL_ZONE_NUMBER, new Whole(number));
  }

  private static void put(Values values, Symbol symbol, Object text) {
    values.put(symbol, new Text(text.toString()));
  }
}
