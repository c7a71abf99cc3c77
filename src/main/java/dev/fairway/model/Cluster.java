package dev.fairway.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the Cluster Registry knows of a cluster: all that linking needs beside a release, so that
 * linking asks nobody else.
 *
 * @param alias what people call it
 * @param criticality from 1, where an outage hurts most, to 3
 * @param channel the branch whose release it runs
 * @param zones in the order in which stacks number them
 * @param ami the Flatcar image of all its nodes
 * @param configItems values of settings, by key
 * @param nodePools sorted by name, so that their order in a file means nothing
 */
public record Cluster(
    ClusterId id,
    String alias,
    String owner,
    Environment environment,
    int criticality,
    String channel,
    LifecycleStatus lifecycleStatus,
    Api api,
    HostedZone hostedZone,
    List<Zone> zones,
    Vpc vpc,
    Ec2Id ami,
    CdkBootstrap bootstrap,
    SortedMap<String, String> configItems,
    List<NodePool> nodePools) {
  /** From 1, where an outage hurts most, to this. */
  public static final int LEAST_CRITICAL = 3;

  public Cluster {
    requireName(alias);
    requireName(channel);
    Invariant.holds(!owner.isBlank(), "a cluster without an owner: " + id);
    Invariant.within("the criticality", 1, LEAST_CRITICAL, criticality);
    Invariant.holds(
        hostedZone.name().isParentOf(api.host()), api.host() + " is not in " + hostedZone.name());
    requireZones(zones, id.region());
    requireHome(api.certificate(), id);
    bootstrap.assetsKey().ifPresent(key -> requireHome(key, id));
    Invariant.holds(ami.is(Ec2Id.Kind.AMI), "not an AMI: " + ami);
    requireWayToApi(api, vpc);
    Invariant.distinct("the pools' names", nodePools.stream().map(NodePool::name).toList());
    zones = List.copyOf(zones);
    configItems = Collections.unmodifiableSortedMap(new TreeMap<>(configItems));
    nodePools = nodePools.stream().sorted(Comparator.comparing(NodePool::name)).toList();
  }

  public AwsAccount account() {
    return id.account();
  }

  public Region region() {
    return id.region();
  }

  public String localId() {
    return id.localId();
  }

  /** True for the cluster's id and for its alias. */
  public boolean isCalled(String idOrAlias) {
    return alias.equals(idOrAlias) || id.toString().equals(idOrAlias);
  }

  public Optional<NodePool> nodePool(String name) {
    return nodePools.stream().filter(pool -> pool.name().equals(name)).findFirst();
  }

  /** Returns the text when it may be an alias or a channel's name, and throws when it may not. */
  public static String requireName(String text) {
    Invariant.matches("a name", "[a-z][a-z0-9-]*[a-z0-9]", text);
    Invariant.within("a name's length", 2, 63, text.length());
    return text;
  }

  private static void requireZones(List<Zone> zones, Region region) {
    Invariant.within("the number of zones", Facts.ZONES, Facts.ZONES, zones.size());
    Invariant.distinct("availability_zones", zones);
    Invariant.holds(
        zones.stream().allMatch(zone -> zone.region().equals(region)),
        "zones outside " + region + ": " + zones);
  }

  private static void requireHome(Arn arn, ClusterId id) {
    Invariant.holds(
        arn.account().equals(id.account()) && arn.region().equals(id.region()),
        arn + " is not in the account and region of " + id);
  }

  /**
   * Behind a NAT, nodes reach a public load balancer from the NAT's addresses, which only those who
   * made a brought VPC know.
   */
  private static void requireWayToApi(Api api, Vpc vpc) {
    var unknown = vpc instanceof Vpc.Brought brought && brought.natAddresses().isEmpty();
    Invariant.holds(
        !unknown || api.scheme() == ApiScheme.INTERNAL,
        "a public API, a brought VPC and no NAT addresses: no node could reach the API");
  }
}
