package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.cloud.AwsClients;
import dev.fairway.model.Cluster;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What a living cluster leaves in AWS beside its stacks, made as its controllers and etcd's members
 * would, and beside each of them one of another cluster.
 */
final class MadeByControllers {
  private static final String OTHER = "999999999999:eu-central-1:other";

  private final AwsClients aws;
  private final Cluster cluster;
  private final String tag;

  MadeByControllers(AwsClients aws, Cluster cluster) {
    this.aws = aws;
    this.cluster = cluster;
    this.tag = cluster.account() + ":" + cluster.region() + ":" + cluster.localId();
  }

  void make() {
    balancer("made", tag);
    balancer("foreign", OTHER);
    group("made", tag);
    group("foreign", OTHER);
    volume("made", Map.of("fairway:cluster", tag, "ebs.csi.aws.com/cluster", "true"));
    volume(
        "kept",
        Map.of(
            "fairway:cluster",
            tag,
            "ebs.csi.aws.com/cluster",
            "true",
            "fairway:reclaim",
            "retain"));
    volume("untagged", Map.of("fairway:cluster", tag, "ebs.csi.aws.com/cluster", "true"));
    volume("foreign", Map.of("fairway:cluster", OTHER, "ebs.csi.aws.com/cluster", "true"));
    for (var host : ownHosts()) {
      record(host);
    }
    foreignHosts().forEach(this::record);
  }

  String volume() {
    return volume("made").getFirst().volumeId();
  }

  String retainedVolume() {
    return volume("kept").getFirst().volumeId();
  }

  /** As the driver leaves all: what is to become of it stands in its PersistentVolume. */
  String untaggedVolume() {
    return volume("untagged").getFirst().volumeId();
  }

  void deleteBalancer() {
    aws.classicElb().deleteLoadBalancer(request -> request.loadBalancerName("made"));
  }

  void deleteVolume(String id) {
    aws.ec2().deleteVolume(request -> request.volumeId(id));
  }

  void requireGone() {
    assertThat(balancers()).doesNotContain("made");
    assertThat(groups()).doesNotContain("made");
    assertThat(volume("made")).isEmpty();
    assertThat(hosts()).doesNotContainAnyElementsOf(ownHosts());
  }

  void requireForeignThere() {
    assertThat(balancers()).contains("foreign");
    assertThat(groups()).contains("foreign");
    assertThat(volume("foreign")).hasSize(1);
    assertThat(hosts()).containsAll(foreignHosts());
  }

  private List<String> ownHosts() {
    return List.of(host(1, cluster.localId()), host(5, cluster.localId()));
  }

  /** One more than there are members, one of another cluster, and somebody's own. */
  private List<String> foreignHosts() {
    return List.of(
        host(6, cluster.localId()), host(1, "other"), "www." + cluster.hostedZone().name());
  }

  private String host(int member, String localId) {
    return "etcd-%d.etcd.%s.%s".formatted(member, localId, cluster.hostedZone().name());
  }

  private void balancer(String name, String owner) {
    aws.classicElb()
        .createLoadBalancer(request ->
            request
                .loadBalancerName(name)
                .availabilityZones(cluster.zones().getFirst().toString())
                .listeners(
                    Listener.builder()
                        .protocol("TCP")
                        .loadBalancerPort(80)
                        .instancePort(30080)
                        .build())
                .tags(
                    software.amazon.awssdk.services.elasticloadbalancing.model.Tag.builder()
                        .key("kubernetes.io/cluster/" + owner)
                        .value("owned")
                        .build()));
  }

  private List<String> balancers() {
    return aws.classicElb().describeLoadBalancers().loadBalancerDescriptions().stream()
        .map(balancer -> balancer.loadBalancerName())
        .toList();
  }

  private void group(String name, String owner) {
    var vpc = aws.ec2().describeVpcs().vpcs().getFirst().vpcId();
    aws.ec2()
        .createSecurityGroup(request ->
            request
                .groupName(name)
                .description(name)
                .vpcId(vpc)
                .tagSpecifications(
                    tagged(
                        ResourceType.SECURITY_GROUP,
                        Stream.of(tag("kubernetes.io/cluster/" + owner, "owned")))));
  }

  private List<String> groups() {
    return aws.ec2().describeSecurityGroups().securityGroups().stream()
        .map(group -> group.groupName())
        .toList();
  }

  private void volume(String name, Map<String, String> tags) {
    aws.ec2()
        .createVolume(request ->
            request
                .availabilityZone(cluster.zones().getFirst().toString())
                .size(1)
                .tagSpecifications(
                    tagged(
                        ResourceType.VOLUME,
                        Stream.concat(
                            Stream.of(tag("Name", name)),
                            tags.entrySet().stream()
                                .map(entry -> tag(entry.getKey(), entry.getValue()))))));
  }

  private List<Volume> volume(String name) {
    return aws.ec2().describeVolumes().volumes().stream()
        .filter(volume -> volume.tags().contains(tag("Name", name)))
        .toList();
  }

  private void record(String host) {
    var record =
        ResourceRecordSet.builder()
            .name(host)
            .type(RRType.A)
            .ttl(60L)
            .resourceRecords(ResourceRecord.builder().value("192.0.2.1").build())
            .build();
    var change = Change.builder().action(ChangeAction.UPSERT).resourceRecordSet(record).build();
    aws.route53()
        .changeResourceRecordSets(request ->
            request
                .hostedZoneId(cluster.hostedZone().id())
                .changeBatch(batch -> batch.changes(change)));
  }

  private List<String> hosts() {
    return aws
        .route53()
        .listResourceRecordSetsPaginator(request -> request.hostedZoneId(cluster.hostedZone().id()))
        .resourceRecordSets()
        .stream()
        .filter(record -> record.type() == RRType.A)
        .map(record -> record.name().replaceFirst("\\.$", ""))
        .toList();
  }

  private static TagSpecification tagged(ResourceType type, Stream<Tag> tags) {
    return TagSpecification.builder().resourceType(type).tags(tags.toList()).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
