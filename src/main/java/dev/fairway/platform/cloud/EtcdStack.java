package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Value;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup;
import software.amazon.awscdk.services.ec2.CfnVolume;
import software.amazon.awscdk.services.ec2.CfnVolumeProps;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.CfnRecordSetProps;
import software.constructs.Construct;

/** Builds {@link Etcd}. */
public final class EtcdStack extends NodeStack {
  private final Etcd facts;

  public EtcdStack(Construct app, Etcd facts) {
    super(app, facts);
    this.facts = facts;
    Etcd.services().forEach(this::service);
    for (var member : Etcd.members()) {
      volume(member);
      launchTemplate(member.nodes(), facts.instanceType(), Etcd.ROOT_VOLUME_SIZE);
      group(member);
    }
    outputs();
  }

  private void service(Etcd.Service service) {
    var _ =
        new CfnRecordSet(
            this,
            service.logicalId(),
            CfnRecordSetProps.builder()
                .hostedZoneId(text(Facts.HOSTED_ZONE_ID))
                .name(text(service.name()))
                .type("SRV")
                .ttl(Long.toString(Etcd.RECORD_TTL.toSeconds()))
                .resourceRecords(service.targets().stream().map(this::text).toList())
                .build());
  }

  /** The member attaches it when it boots: an attachment here would need an instance's id. */
  private void volume(Etcd.Member member) {
    var volume =
        new CfnVolume(
            this,
            member.volume(),
            CfnVolumeProps.builder()
                .availabilityZone(text(Facts.zone(member.zone())))
                .volumeType("gp3")
                .size(number(facts.volumeSize()))
                .iops(number(facts.volumeIops()))
                .throughput(number(facts.volumeThroughput()))
                .encrypted(true)
                .kmsKeyId(text(Value.imported(Foundation.ETCD_KEY_ARN)))
                .tags(volumeTags(member))
                .build());
    retain(volume);
  }

  private List<CfnTag> volumeTags(Etcd.Member member) {
    return List.of(
        tag("Name", member.name()),
        tag(CLUSTER_TAG, Facts.CLUSTER_TAG),
        tag(Etcd.MEMBER_TAG, Integer.toString(member.number())));
  }

  /**
   * No creation policy: a member is healthy once most of the members are, and those after it come
   * only when it is created. Updates go from one to the next, each when the one before is healthy.
   */
  private void group(Etcd.Member member) {
    var nodes = member.nodes();
    var group =
        new CfnAutoScalingGroup(
            this,
            member.logicalId(),
            group(nodes)
                .desiredCapacity(text(nodes.group().min()))
                .launchTemplate(newestLaunch(nodes))
                .vpcZoneIdentifier(List.of(privateSubnet(member.zone())))
                .build());
    dependsOn(group, member.dependencies());
    // The volume can only be in one place: the old machine has to go before the new one comes.
    rolling(group, 0, Etcd.ROLLING_PATIENCE);
  }

  private void outputs() {
    var hosts = IntStream.rangeClosed(1, Etcd.MEMBERS).mapToObj(Etcd::memberHost).toList();
    var list =
        hosts.stream().skip(1).reduce(hosts.getFirst(), (all, host) -> Value.join(all, ",", host));
    output("DiscoveryDomain", "What etcdctl --discovery-srv takes", Value.of(Facts.ETCD_DOMAIN));
    output("MemberNames", "The DNS names of the members, in their order", list);
  }
}
