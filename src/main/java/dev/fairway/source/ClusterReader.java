package dev.fairway.source;

import static dev.fairway.diagnostic.Code.FOREIGN_RESOURCE;
import static dev.fairway.diagnostic.Code.ID_MISMATCH;
import static dev.fairway.diagnostic.Code.UNKNOWN_REGION;
import static dev.fairway.diagnostic.Code.ZONE_OUTSIDE_REGION;

import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.DidYouMean;
import dev.fairway.diagnostic.Span;
import dev.fairway.model.Api;
import dev.fairway.model.ApiScheme;
import dev.fairway.model.Arn;
import dev.fairway.model.AwsAccount;
import dev.fairway.model.CdkBootstrap;
import dev.fairway.model.Cidr;
import dev.fairway.model.Cluster;
import dev.fairway.model.ClusterId;
import dev.fairway.model.DnsName;
import dev.fairway.model.Ec2Id;
import dev.fairway.model.Environment;
import dev.fairway.model.Facts;
import dev.fairway.model.HostedZone;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.model.NodePool;
import dev.fairway.model.Region;
import dev.fairway.model.Zone;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** A cluster record. */
final class ClusterReader {
  /** More stacks than anybody keeps an eye on. */
  private static final int POOLS = 100;

  private static final Shape<HostedZone> HOSTED_ZONE =
      Shape.object("a hosted zone", ClusterReader::hostedZone);

  private final ObjectReader in;
  private final Field<ClusterId> id;
  private final Field<AwsAccount> account;
  private final Field<Region> region;
  private final Field<String> localId;
  private final Field<String> alias;
  private final Field<String> owner;
  private final Field<Environment> environment;
  private final Field<Integer> criticality;
  private final Field<String> channel;
  private final Field<LifecycleStatus> lifecycleStatus;
  private final Field<DnsName> apiHost;
  private final Field<ApiScheme> apiScheme;
  private final Field<List<Cidr>> apiAccess;
  private final Field<Arn> certificate;
  private final Field<HostedZone> hostedZone;
  private final Field<List<Zone>> zones;
  private final VpcReader vpc;
  private final Field<Ec2Id> ami;
  private final Field<String> qualifier;
  private final Field<Arn> assetsKey;
  private final Field<SortedMap<String, String>> configItems;
  private final Field<List<NodePool>> nodePools;

  private ClusterReader(ObjectReader in, PlatformFacts facts) {
    this.in = in;
    id = in.required("id", Shapes.CLUSTER_ID);
    account = in.required("infrastructure_account", Shapes.ACCOUNT);
    region = in.required("region", Shapes.REGION);
    localId = in.required("local_id", Shapes.LOCAL_ID);
    alias = in.required("alias", Shapes.NAME);
    owner = in.required("owner", Shape.line("a team's name", "team-pets"));
    environment = in.required("environment", Shape.keyword(Environment.class));
    criticality = in.required("criticality_level", Shape.whole(1, Cluster.LEAST_CRITICAL));
    channel = in.required("channel", Shape.oneOf(facts.channels()));
    lifecycleStatus = in.required("lifecycle_status", Shape.keyword(LifecycleStatus.class));
    apiHost = in.required("api_server_url", Shapes.HTTPS_URL);
    apiScheme = in.required("api_scheme", Shape.keyword(ApiScheme.class));
    apiAccess = in.required("api_access_cidrs", Shape.list(Shapes.CIDR, 1, Facts.CIDRS));
    certificate = in.required("certificate_arn", Shapes.CERTIFICATE);
    hostedZone = in.required("hosted_zone", HOSTED_ZONE);
    zones = in.required("availability_zones", Shape.list(Shapes.ZONE, Facts.ZONES, Facts.ZONES));
    vpc = new VpcReader(in, apiScheme);
    ami = in.required("ami", Shapes.AMI);
    qualifier = in.optional("cdk_qualifier", Shapes.QUALIFIER, CdkBootstrap.DEFAULT_QUALIFIER);
    assetsKey = in.optional("cdk_assets_key_arn", Shapes.KMS_KEY);
    configItems = in.optional("config_items", Shape.configItems(), new TreeMap<>());
    nodePools =
        in.required(
            "node_pools",
            Shape.list(
                Shape.object("a node pool", pool -> NodePoolReader.read(pool, facts)),
                NodePool::name,
                POOLS));
  }

  static Optional<Cluster> read(ObjectReader in, PlatformFacts facts) {
    var reader = new ClusterReader(in, facts);
    reader.check();
    return in.build(reader::cluster);
  }

  private void check() {
    checkId();
    checkRegion();
    checkZones();
    checkApiHost();
    checkHome(certificate);
    checkHome(assetsKey);
    vpc.check();
  }

  private static Optional<HostedZone> hostedZone(ObjectReader in) {
    var id = in.required("id", Shapes.HOSTED_ZONE_ID);
    var name = in.required("name", Shapes.DNS_NAME);
    return in.build(() -> new HostedZone(id.get(), name.get()));
  }

  private Cluster cluster() {
    return new Cluster(
        id.get(),
        alias.get(),
        owner.get(),
        environment.get(),
        criticality.get(),
        channel.get(),
        lifecycleStatus.get(),
        new Api(apiHost.get(), apiScheme.get(), apiAccess.get(), certificate.get()),
        hostedZone.get(),
        zones.get(),
        vpc.vpc(),
        ami.get(),
        new CdkBootstrap(qualifier.get(), assetsKey.value()),
        configItems.get(),
        nodePools.get());
  }

  /** The registry gives a cluster's id and its three parts; they are permanent, so they agree. */
  private void checkId() {
    checkId(account, ClusterId::account);
    checkId(region, ClusterId::region);
    checkId(localId, ClusterId::localId);
  }

  private <T> void checkId(Field<T> part, Function<ClusterId, T> partOf) {
    if (part.with(id, (given, whole) -> !given.equals(partOf.apply(whole)))) {
      in.broken(
          Diagnostic.at(
                  part.span(),
                  ID_MISMATCH,
                  "%s is %s, but the id says %s"
                      .formatted(part.name(), part.get(), partOf.apply(id.get())),
                  "correct one of the two: an id is <infrastructure_account>:<region>:<local_id>")
              .with(id.name(), id.get(), id.span()));
    }
  }

  private void checkRegion() {
    if (region.is(name -> !Regions.knows(name))) {
      in.warn(
          Diagnostic.at(
              region.span(),
              UNKNOWN_REGION,
              "region is %s, which Fairway does not know".formatted(region.get()),
              DidYouMean.nearest(region.get().name(), Regions.names())
                  .map("did you mean %s?"::formatted)
                  .orElse("check its name; a region younger than this release is fine")));
    }
  }

  /** Where id and region disagree, one of them is wrong and the zones may well be right. */
  private void checkZones() {
    if (zones.value().isEmpty() || !region.with(id, (name, whole) -> name.equals(whole.region()))) {
      return;
    }
    for (var i = 0; i < Facts.ZONES; i++) {
      checkZone(zones.get().get(i), in.itemSpan(zones.name(), i));
    }
  }

  private void checkZone(Zone zone, Span span) {
    if (!region.is(zone.region()::equals)) {
      in.broken(
          Diagnostic.at(
                  span,
                  ZONE_OUTSIDE_REGION,
                  "availability_zones has %s, outside the region".formatted(zone),
                  "write a zone of %1$s, such as %1$sa".formatted(region.get()))
              .with(region.name(), region.get(), region.span()));
    }
  }

  private void checkApiHost() {
    if (hostedZone.with(apiHost, (zone, host) -> !zone.name().isParentOf(host))) {
      var zone = hostedZone.get().name();
      in.broken(
          Diagnostic.at(
                  apiHost.span(),
                  FOREIGN_RESOURCE,
                  "api_server_url names %s, outside the hosted zone".formatted(apiHost.get()),
                  "write a name under %s, or the zone that holds this one".formatted(zone))
              .with("hosted_zone.name", zone, hostedZone.span()));
    }
  }

  /** A load balancer takes no certificate, and a bucket no key, from another region. */
  private void checkHome(Field<Arn> resource) {
    if (resource.with(region, (arn, name) -> !arn.region().equals(name))
        || resource.with(account, (arn, owner) -> !arn.account().equals(owner))) {
      in.broken(
          Diagnostic.at(
              resource.span(),
              FOREIGN_RESOURCE,
              "%s is of account %s in %s, not of the cluster's"
                  .formatted(resource.name(), resource.get().account(), resource.get().region()),
              "name one of the cluster's own infrastructure_account and region"));
    }
  }
}
