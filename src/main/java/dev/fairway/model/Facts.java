package dev.fairway.model;

import static dev.fairway.model.Symbol.Scope.CLUSTER;
import static dev.fairway.model.Symbol.Scope.POOL;
import static dev.fairway.model.Symbol.Scope.STACK;

import dev.fairway.model.SymbolType.Choice;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.model.SymbolType.TextList;
import dev.fairway.model.SymbolType.TextMap;
import dev.fairway.model.SymbolType.Whole;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The symbols that every cluster has: what its record says, and what follows from it. The linker
 * knows their values.
 */
public final class Facts {
  /** A VPC has one public and one private subnet in each of this many zones. */
  public static final int ZONES = 3;

  /** How many sources a record may name for the public API listener, or for a brought NAT. */
  public static final int CIDRS = 8;

  /** How many instance types a pool may name: CloudFormation has no lists of unknown length. */
  public static final int INSTANCE_TYPES = 8;

  private static final Text LOCAL_NAME = new Text("[a-z][a-z0-9-]{0,18}[a-z0-9]", "a local id");
  private static final Text HOST =
      new Text("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", "a DNS name");
  private static final Text ZONE =
      new Text(
          "[a-z]{2}(-[a-z]+)+-[0-9][a-z]",
          "a zone's full name", "AWS::EC2::AvailabilityZone::Name");
  private static final Text CIDR = new Text("[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}", "a CIDR");
  private static final Text NAME = new Text("[a-z][a-z0-9-]*[a-z0-9]", "a name");
  private static final Text INSTANCE = new Text("[a-z0-9-]+\\.[a-z0-9-]+", "an instance type");
  private static final Text LABEL_KEY =
      new Text(
          "([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?",
          "a label's key (63 characters, with a domain of 253 and a slash before them at most)");
  private static final Text LABEL_VALUE =
      new Text(
          "([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?",
          "a label's value (63 characters at most)");

  public static final Symbol CLUSTER_ID =
      cluster(
          "id",
          new Text("aws:[0-9]{12}:[a-z0-9-]+:[a-z][a-z0-9-]*[a-z0-9]", "a cluster's id"),
          "The cluster's id, the prefix of all its exports");

  /** AWS keeps tags to itself whose key or value begins with {@code aws:}, as the id does. */
  public static final Symbol CLUSTER_TAG =
      cluster(
          "tag",
          new Text("[0-9]{12}:[a-z0-9-]+:[a-z][a-z0-9-]*[a-z0-9]", "a cluster's tag"),
          "The cluster's id as tags have it, without its provider");

  public static final Symbol ALIAS = cluster("alias", NAME, "The name that people use");
  public static final Symbol LOCAL_ID =
      cluster(
          "local_id", LOCAL_NAME, "The cluster's name within its account, the prefix of stacks");
  public static final Symbol ACCOUNT =
      cluster("account", new Text("[0-9]{12}", "an account's id"), "The AWS account's id");
  public static final Symbol REGION =
      cluster("region", new Text("[a-z]{2}(-[a-z]+)+-[0-9]", "a region's name"), "The AWS region");
  public static final Symbol ENVIRONMENT =
      cluster(
          "environment",
          new Choice(List.of("production", "test", "e2e")),
          "What the cluster is for");

  /** What several clusters may have the same of: no such symbol names anything of one alone. */
  static final Set<Symbol> SHARED = Set.of(ACCOUNT, REGION, ENVIRONMENT);

  public static final Symbol API_HOST =
      cluster("api_host", HOST, "The DNS name of the API server, for people and for nodes");
  public static final Symbol HOSTED_ZONE_ID =
      cluster(
          "hosted_zone_id",
          new Text("Z[A-Z0-9]{1,31}", "a hosted zone's id", "AWS::Route53::HostedZone::Id"),
          "The Route 53 zone that holds the cluster's names");
  public static final Symbol HOSTED_ZONE_NAME =
      cluster("hosted_zone_name", HOST, "The domain of the hosted zone");
  public static final Symbol ETCD_DOMAIN =
      cluster("etcd_domain", HOST, "The domain under which etcd's members find each other");
  public static final Symbol CERTIFICATE_ARN =
      cluster(
          "certificate_arn",
          new Text("arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]+", "an ACM ARN"),
          "The ACM certificate of the API server's public listener");
  public static final Symbol AMI =
      cluster(
          "ami",
          new Text("ami-[0-9a-f]{8,17}", "an AMI's id", "AWS::EC2::Image::Id"),
          "The Flatcar image of all nodes");
  public static final Symbol API_SCHEME =
      cluster(
          "api_scheme",
          new Choice(List.of("internet-facing", "internal")),
          "Whether the API server's load balancer has public addresses");
  public static final Symbol VPC_CIDR = cluster("vpc_cidr", CIDR, "The address range of the VPC");
  public static final Symbol SUBNET_HOST_BITS =
      cluster(
          "subnet_host_bits",
          new Whole(5, 13),
          "The host bits of a subnet: an eighth of the VPC's address range");
  public static final Symbol VPC_ID =
      cluster(
          "vpc_id",
          new Text("vpc-[0-9a-f]{8,17}", "a VPC's id", "AWS::EC2::VPC::Id"),
          "The VPC that was brought");
  public static final Symbol ZONE_NAMES =
      cluster("zones", new TextList(ZONE), "The three availability zones, in their order");
  public static final Symbol ASSETS_BUCKET =
      cluster(
          "assets_bucket",
          new Text("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket's name"),
          "The CDK bootstrap bucket that holds node configs");
  public static final Symbol ASSETS_KEY_ARN =
      cluster(
          "assets_key_arn",
          new Text("(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-f-]+)?", "a KMS ARN"),
          "The KMS key of the CDK bootstrap bucket, or empty where it has none");

  public static final Symbol POOL_NAME = pool("name", NAME, "The pool's name");
  public static final Symbol POOL_PROFILE = pool("profile", NAME, "The pool's profile");

  /** Of one ASG: the pool's number, or a third of it where the profile is split by zone. */
  public static final Symbol POOL_MIN_SIZE =
      pool("min_size", new Whole(0, 1000), "The fewest nodes of this Auto Scaling group");

  public static final Symbol POOL_MAX_SIZE =
      pool("max_size", new Whole(0, 1000), "The most nodes of this Auto Scaling group");

  /** The profile's, the pool's own and the pool's name. */
  public static final Symbol POOL_LABELS =
      pool("labels", new TextMap(LABEL_KEY, LABEL_VALUE), "The labels that nodes register with");

  /** The startup taint, the profile's and the pool's own. */
  public static final Symbol POOL_TAINTS =
      pool("taints", new SymbolType.Taints(), "The taints that nodes register with");

  /** A setting of a pool, which the linker itself reads. */
  public static final Symbol NODE_LABELS =
      Symbol.poolSetting(
          "node_labels",
          new TextMap(LABEL_KEY, LABEL_VALUE),
          "",
          "Labels of the pool's nodes beside those of its profile");

  /** A setting of a pool, which the linker itself reads. */
  public static final Symbol NODE_TAINTS =
      Symbol.poolSetting(
          "node_taints",
          new SymbolType.Taints(),
          "",
          "Taints of the pool's nodes beside those of its profile");

  public static final Symbol POOL_ZONE =
      stack("zone", ZONE, "The zone of this stack of a pool that is split by zone");
  public static final Symbol POOL_ZONE_NUMBER =
      stack("zone_number", new Whole(1, ZONES), "The zone's place in the cluster's order, from 1");

  /** The object key of a stack's node config in the assets bucket: its SHA-256 and a suffix. */
  public static final Symbol NODE_CONFIG_KEY =
      Symbol.fact(
          "node.config_key",
          STACK,
          new Text("[0-9a-f]{64}\\.ign", "an asset's key"),
          "The key of the node config in the assets bucket");

  public static final Symbol NODE_CONFIG_SHA512 =
      Symbol.fact(
          "node.config_sha512",
          STACK,
          new Text("[0-9a-f]{128}", "a SHA-512 digest"),
          "The SHA-512 of the node config, which Ignition verifies");

  private static final List<Symbol> ZONE_NAME =
      numbered(ZONES, "zone", ZONE, "The name of availability zone");
  private static final List<Symbol> PUBLIC_SUBNET =
      numbered(ZONES, "public_subnet", subnet(), "The public subnet that was brought, zone");
  private static final List<Symbol> PRIVATE_SUBNET =
      numbered(ZONES, "private_subnet", subnet(), "The private subnet that was brought, zone");
  private static final List<Symbol> API_ACCESS_CIDR =
      numbered(CIDRS, "api_access_cidr", optional(CIDR), "Who may reach the API, or empty: source");
  private static final List<Symbol> NAT_CIDR =
      numbered(CIDRS, "nat_cidr", optional(CIDR), "The NAT address of a brought VPC, or empty:");
  private static final List<Symbol> INSTANCE_TYPE =
      IntStream.rangeClosed(1, INSTANCE_TYPES)
          .mapToObj(number ->
              pool(
                  "instance_type_" + number,
                  number == 1 ? INSTANCE : optional(INSTANCE),
                  "The pool's instance type, or empty past the last: choice " + number))
          .toList();

  private Facts() {}

  /** The name of the zone with this number, from 1. */
  public static Symbol zone(int number) {
    return ZONE_NAME.get(number - 1);
  }

  public static Symbol publicSubnet(int number) {
    return PUBLIC_SUBNET.get(number - 1);
  }

  public static Symbol privateSubnet(int number) {
    return PRIVATE_SUBNET.get(number - 1);
  }

  /** A source that may reach the API's port 443; empty past the last. */
  public static Symbol apiAccessCidr(int number) {
    return API_ACCESS_CIDR.get(number - 1);
  }

  /** An address of the NAT of a brought VPC; empty past the last. */
  public static Symbol natCidr(int number) {
    return NAT_CIDR.get(number - 1);
  }

  /** An instance type of the pool, the first preferred; empty past the last. */
  public static Symbol instanceType(int number) {
    return INSTANCE_TYPE.get(number - 1);
  }

  /** All of them, in the order of this file. */
  public static List<Symbol> all() {
    var single =
        Stream.of(
            CLUSTER_ID,
            CLUSTER_TAG,
            ALIAS,
            LOCAL_ID,
            ACCOUNT,
            REGION,
            ENVIRONMENT,
            API_HOST,
            HOSTED_ZONE_ID,
            HOSTED_ZONE_NAME,
            ETCD_DOMAIN,
            CERTIFICATE_ARN,
            AMI,
            API_SCHEME,
            VPC_CIDR,
            SUBNET_HOST_BITS,
            VPC_ID,
            ZONE_NAMES,
            ASSETS_BUCKET,
            ASSETS_KEY_ARN,
            POOL_NAME,
            POOL_PROFILE,
            POOL_MIN_SIZE,
            POOL_MAX_SIZE,
            POOL_LABELS,
            POOL_TAINTS,
            NODE_LABELS,
            NODE_TAINTS,
            POOL_ZONE,
            POOL_ZONE_NUMBER,
            NODE_CONFIG_KEY,
            NODE_CONFIG_SHA512);
    var numbered =
        Stream.of(
                ZONE_NAME, PUBLIC_SUBNET, PRIVATE_SUBNET, API_ACCESS_CIDR, NAT_CIDR, INSTANCE_TYPE)
            .flatMap(List::stream);
    return Stream.concat(single, numbered).toList();
  }

  private static Symbol cluster(String name, SymbolType type, String description) {
    return Symbol.fact("cluster." + name, CLUSTER, type, description);
  }

  private static Symbol pool(String name, SymbolType type, String description) {
    return Symbol.fact("pool." + name, POOL, type, description);
  }

  private static Symbol stack(String name, SymbolType type, String description) {
    return Symbol.fact("pool." + name, STACK, type, description);
  }

  private static List<Symbol> numbered(int count, String name, Text type, String description) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> cluster(name + "_" + number, type, description + " " + number))
        .toList();
  }

  private static Text subnet() {
    return new Text("subnet-[0-9a-f]{8,17}", "a subnet's id", "AWS::EC2::Subnet::Id");
  }

  private static Text optional(Text type) {
    return new Text("(" + type.pattern() + ")?", type.expectation() + ", or nothing");
  }
}
