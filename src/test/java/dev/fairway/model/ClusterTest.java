package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
  private static final ClusterId ID = ClusterId.of("aws:111122223333:eu-central-1:kube-1");
  private static final List<Zone> ZONES = zones("a", "b", "c");
  private static final Vpc OWN = new Vpc.Own(Cidr.of("172.31.0.0/16"));

  @Test
  void theOrderOfPoolsAndOfThoseWhoMayEnterMeansNothing() {
    var one = cluster(api("10.0.0.0/8", "11.0.0.0/8"), ZONES, OWN, pool("a1"), pool("b1"));
    var other = cluster(api("11.0.0.0/8", "10.0.0.0/8"), ZONES, OWN, pool("b1"), pool("a1"));

    assertThat(one).isEqualTo(other);
    assertThat(one.nodePool("b1")).contains(pool("b1"));
  }

  @Test
  void theOrderOfZonesIsKept() {
    var zones = zones("c", "a", "b");

    assertThat(cluster(api("10.0.0.0/8"), zones, OWN).zones()).isEqualTo(zones);
  }

  @Test
  void anIdIsItsParts() {
    assertThat(ID).hasToString("aws:111122223333:eu-central-1:kube-1");
    assertThat(new ClusterId(ID.account(), ID.region(), "kube-1")).isEqualTo(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws:11112222333:eu-central-1:kube-1",
        "aws:111122223333:eu-central:kube-1",
        "aws:111122223333:eu-central-1:Kube",
        "aws:111122223333:eu-central-1:a-name-too-long-for-iam",
        "aws:111122223333:eu-central-1:kube-pool-x",
        "gcp:111122223333:eu-central-1:kube-1"
      })
  void whatIsNoIdIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ClusterId.of(text));
  }

  @Test
  void aRecordThatCannotBeIsABugOfOurs() {
    refused(() -> cluster(api("10.0.0.0/8"), zones("a", "b"), OWN));
    refused(() -> cluster(api("10.0.0.0/8"), zones("a", "b", "b"), OWN));
    refused(() -> cluster(api("10.0.0.0/8"), List.of(new Zone("eu-west-1a")), OWN));
    refused(() -> cluster(api("10.0.0.0/8"), ZONES, OWN, pool("a1"), pool("a1")));
    refused(ClusterTest::api);
    refused(() -> new Vpc.Own(Cidr.of("10.0.0.0/8")));
    refused(() -> new Vpc.Own(Cidr.of("10.0.0.0/25")));
    refused(() -> cluster(api("10.0.0.0/8"), ZONES, brought()));
    refused(() -> new Zone("us-west-2-lax-1a"));
    refused(() -> new NodePool("a1", "p", DiscountStrategy.NONE, List.of(), 2, 1, new TreeMap<>()));
    refused(() -> pool("a-eu-central-1a"));
    refused(() ->
        new Fleet(
            List.of(
                cluster(api("10.0.0.0/8"), ZONES, OWN), cluster(api("10.0.0.0/8"), ZONES, OWN))));
  }

  @Test
  void wordsAreWhatFilesSay() {
    assertThat(ApiScheme.INTERNET_FACING.keyword()).isEqualTo("internet-facing");
    assertThat(LifecycleStatus.DECOMMISSION_REQUESTED.keyword())
        .isEqualTo("decommission-requested");
    assertThat(Environment.E2E.keyword()).isEqualTo("e2e");
  }

  private static void refused(Runnable make) {
    assertThatIllegalArgumentException().isThrownBy(make::run);
  }

  private static List<Zone> zones(String... letters) {
    return List.of(letters).stream().map(letter -> new Zone("eu-central-1" + letter)).toList();
  }

  /** Without NAT addresses, so that a public API can't be reached. */
  private static Vpc brought() {
    return new Vpc.Brought(
        new Ec2Id("vpc-01234567"),
        Cidr.of("10.0.0.0/16"),
        List.of(subnet(1), subnet(2), subnet(3)),
        List.of(subnet(4), subnet(5), subnet(6)),
        List.of());
  }

  private static Ec2Id subnet(int number) {
    return new Ec2Id("subnet-0123456" + number);
  }

  private static NodePool pool(String name) {
    return new NodePool(name, "p", DiscountStrategy.NONE, List.of(), 0, 1, new TreeMap<>());
  }

  private static Api api(String... access) {
    return new Api(
        new DnsName("kube-1.example.org"),
        ApiScheme.INTERNET_FACING,
        List.of(access).stream().map(Cidr::of).toList(),
        Arn.of("arn:aws:acm:eu-central-1:111122223333:certificate/0"));
  }

  private static Cluster cluster(Api api, List<Zone> zones, Vpc vpc, NodePool... pools) {
    return new Cluster(
        ID,
        "kube-1",
        "team",
        Environment.TEST,
        3,
        "alpha",
        LifecycleStatus.READY,
        api,
        new HostedZone("Z1", new DnsName("example.org")),
        zones,
        vpc,
        new Ec2Id("ami-01234567"),
        new CdkBootstrap(CdkBootstrap.DEFAULT_QUALIFIER, Optional.empty()),
        new TreeMap<>(),
        List.of(pools));
  }
}
