package dev.fairway.source;

import dev.fairway.model.Api;
import dev.fairway.model.ApiScheme;
import dev.fairway.model.Arn;
import dev.fairway.model.AwsAccount;
import dev.fairway.model.CdkBootstrap;
import dev.fairway.model.Cidr;
import dev.fairway.model.Cluster;
import dev.fairway.model.ClusterId;
import dev.fairway.model.DiscountStrategy;
import dev.fairway.model.DnsName;
import dev.fairway.model.Ec2Id;
import dev.fairway.model.Environment;
import dev.fairway.model.HostedZone;
import dev.fairway.model.InstanceType;
import dev.fairway.model.LifecycleStatus;
import dev.fairway.model.NodePool;
import dev.fairway.model.Region;
import dev.fairway.model.Vpc;
import dev.fairway.model.Zone;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Clusters of chance, for properties and for fleets of any size. */
public final class RandomClusters {
  private static final List<String> REGIONS = List.of("eu-central-1", "eu-west-1", "us-east-1");
  private static final List<String> PROFILES =
      List.of("worker", "highcpu", "highmem", "highio", "gpu", "spot");

  private final Random random;
  private final int number;

  private RandomClusters(Random random, int number) {
    this.random = random;
    this.number = number;
  }

  /** A cluster whose id, alias and host no other number has. */
  public static Cluster of(Random random, int number) {
    return new RandomClusters(random, number).cluster();
  }

  private Cluster cluster() {
    var id =
        new ClusterId(
            new AwsAccount(Long.toString(100_000_000_000L + number)),
            new Region(oneOf(REGIONS)),
            "kube-" + number);
    var scheme = oneOf(List.of(ApiScheme.values()));
    return new Cluster(
        id,
        "cluster-" + number,
        "team " + text(1),
        oneOf(List.of(Environment.values())),
        1 + random.nextInt(3),
        oneOf(List.of("dev", "alpha", "stable")),
        oneOf(List.of(LifecycleStatus.values())),
        api(id, scheme),
        new HostedZone("Z" + number, new DnsName("example.org")),
        some(3, index -> new Zone(id.region() + "abcdef".substring(index, index + 1))),
        random.nextBoolean() ? new Vpc.Own(cidr(16)) : brought(scheme),
        ec2Id("ami", 0),
        bootstrap(id),
        texts(),
        some(random.nextInt(5), this::pool));
  }

  private Api api(ClusterId id, ApiScheme scheme) {
    return new Api(
        new DnsName("kube-" + number + ".example.org"),
        scheme,
        some(1 + random.nextInt(8), index -> Cidr.around(index << 24, 8 + random.nextInt(25))),
        arn("acm", id, "certificate"));
  }

  private Vpc brought(ApiScheme scheme) {
    var fewest = scheme == ApiScheme.INTERNET_FACING ? 1 : 0;
    return new Vpc.Brought(
        ec2Id("vpc", 0),
        cidr(18),
        some(3, index -> ec2Id("subnet", index)),
        some(3, index -> ec2Id("subnet", 3 + index)),
        some(fewest + random.nextInt(8), index -> Cidr.around(index << 8, 32)));
  }

  private CdkBootstrap bootstrap(ClusterId id) {
    return random.nextBoolean()
        ? new CdkBootstrap(CdkBootstrap.DEFAULT_QUALIFIER, Optional.empty())
        : new CdkBootstrap("q" + random.nextInt(1000), Optional.of(arn("kms", id, "key")));
  }

  private NodePool pool(int index) {
    var profile = oneOf(PROFILES);
    var max = 3 * random.nextInt(300);
    return new NodePool(
        "pool-" + index,
        profile,
        profile.equals("spot") ? DiscountStrategy.SPOT : DiscountStrategy.NONE,
        some(random.nextInt(9), type -> new InstanceType("m" + type + ".large")),
        max / 6 * 3,
        max,
        texts());
  }

  private SortedMap<String, String> texts() {
    var texts = new TreeMap<String, String>();
    some(random.nextInt(6), index -> texts.put("key_" + index, text(random.nextInt(12))));
    return texts;
  }

  /** Whatever Java can hold of Unicode, quotes, line breaks and control characters among it. */
  private String text(int length) {
    return random
        .ints(0, 0x11000)
        .filter(codePoint -> codePoint < 0xd800 || codePoint > 0xdfff)
        .map(codePoint -> random.nextBoolean() ? codePoint % 0x80 : codePoint)
        .limit(length)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private Arn arn(String service, ClusterId id, String kind) {
    return new Arn("aws", service, id.region(), id.account(), kind + "/" + random.nextInt(1000));
  }

  private Ec2Id ec2Id(String kind, int index) {
    return new Ec2Id("%s-%08x%09x".formatted(kind, random.nextInt(), index));
  }

  private Cidr cidr(int prefix) {
    return Cidr.around(random.nextInt(), prefix);
  }

  private <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private static <T> List<T> some(int count, IntFunction<T> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }
}
