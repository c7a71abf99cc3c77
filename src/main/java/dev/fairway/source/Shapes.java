package dev.fairway.source;

import dev.fairway.model.Arn;
import dev.fairway.model.AwsAccount;
import dev.fairway.model.CdkBootstrap;
import dev.fairway.model.Cidr;
import dev.fairway.model.Cluster;
import dev.fairway.model.ClusterId;
import dev.fairway.model.DnsName;
import dev.fairway.model.Ec2Id;
import dev.fairway.model.HostedZone;
import dev.fairway.model.InstanceType;
import dev.fairway.model.Region;
import dev.fairway.model.Vpc;
import dev.fairway.model.Zone;

/** What the values of a cluster record look like. */
final class Shapes {
  private static final String HTTPS = "https://";

  static final Shape<ClusterId> CLUSTER_ID =
      Shape.text("a cluster's id", "aws:111122223333:eu-central-1:kube-1", ClusterId::of);
  static final Shape<AwsAccount> ACCOUNT =
      Shape.text("an infrastructure account", "aws:111122223333", AwsAccount::ofRegistry);
  static final Shape<Region> REGION = Shape.text("a region's name", "eu-central-1", Region::new);
  static final Shape<Zone> ZONE =
      Shape.text("an availability zone's name", "eu-central-1a", Zone::new);
  static final Shape<String> LOCAL_ID =
      Shape.text(
          "a local id",
          "2 to 20 lower-case letters, digits and hyphens, without -pool-",
          "kube-1",
          ClusterId::requireLocalId);
  static final Shape<String> NAME =
      Shape.text("a name", "lower-case letters, digits and hyphens", "pets", Cluster::requireName);
  static final Shape<DnsName> HTTPS_URL =
      Shape.text(
          "the URL of an API server",
          "https:// and a host, with no port and no path",
          "https://kube-1.example.org",
          Shapes::host);
  static final Shape<DnsName> DNS_NAME = Shape.text("a DNS name", "example.org", DnsName::new);
  static final Shape<String> HOSTED_ZONE_ID =
      Shape.text("a hosted zone's id", "Z0123456789ABCDEFGHIJ", HostedZone::requireId);
  static final Shape<Arn> CERTIFICATE = arn("an ACM certificate's ARN", "acm", "certificate");
  static final Shape<Arn> KMS_KEY = arn("a KMS key's ARN", "kms", "key");
  static final Shape<String> QUALIFIER =
      Shape.text(
          "a bootstrap qualifier",
          "1 to 10 lower-case letters and digits",
          CdkBootstrap.DEFAULT_QUALIFIER,
          CdkBootstrap::requireQualifier);
  static final Shape<Ec2Id> AMI = ec2Id("an AMI's id", Ec2Id.Kind.AMI);
  static final Shape<Ec2Id> VPC = ec2Id("a VPC's id", Ec2Id.Kind.VPC);
  static final Shape<Ec2Id> SUBNET = ec2Id("a subnet's id", Ec2Id.Kind.SUBNET);
  static final Shape<Cidr> CIDR =
      Shape.text(
          "an IPv4 range",
          "an IPv4 range with no bit set after its prefix",
          "198.51.100.0/24",
          Cidr::of);
  static final Shape<Cidr> VPC_CIDR =
      Shape.text(
          "an IPv4 range that a VPC can have",
          "an IPv4 range of /16 to /28 with no bit set after its prefix",
          "172.31.0.0/16",
          text -> Vpc.requireSize(Cidr.of(text)));
  static final Shape<Cidr> ADDRESS_OR_CIDR =
      Shape.text(
          "an IPv4 address or range",
          "203.0.113.7",
          text -> text.contains("/") ? Cidr.of(text) : Cidr.ofAddress(text));
  static final Shape<InstanceType> INSTANCE_TYPE =
      Shape.text("an instance type", "m5.large", InstanceType::new);

  private Shapes() {}

  private static DnsName host(String url) {
    if (!url.startsWith(HTTPS)) {
      throw new IllegalArgumentException("not an https URL: " + url);
    }
    return new DnsName(url.substring(HTTPS.length()));
  }

  private static Shape<Arn> arn(String what, String service, String kind) {
    var example = "arn:aws:%s:eu-central-1:111122223333:%s/...".formatted(service, kind);
    return Shape.text(
        what,
        example,
        text -> {
          var arn = Arn.of(text);
          if (!arn.isA(service, kind)) {
            throw new IllegalArgumentException("not " + what + ": " + text);
          }
          return arn;
        });
  }

  private static Shape<Ec2Id> ec2Id(String what, Ec2Id.Kind kind) {
    return Shape.text(
        what,
        kind.keyword() + "-0123456789abcdef0",
        text -> {
          var id = new Ec2Id(text);
          if (!id.is(kind)) {
            throw new IllegalArgumentException("not " + what + ": " + text);
          }
          return id;
        });
  }
}
