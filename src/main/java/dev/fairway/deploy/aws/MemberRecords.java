package dev.fairway.deploy.aws;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The A records that etcd's members write when they boot. The zone is other people's as well: only
 * these names are looked at, and only in a zone whose name is that of the cluster's record.
 */
record MemberRecords(Route53Client route53, Ownership ours) implements Made {

  @Override
  public String type() {
    return "AWS::Route53::RecordSet";
  }

  @Override
  public List<String> find() {
    return isOurZone()
        ? ours.memberHosts().stream().filter(host -> record(host).findAny().isPresent()).toList()
        : List.of();
  }

  @Override
  public void delete(String id) {
    record(id).forEach(this::delete);
  }

  private void delete(ResourceRecordSet record) {
    var change = Change.builder().action(ChangeAction.DELETE).resourceRecordSet(record).build();
    var _ =
        route53.changeResourceRecordSets(
            request -> request.hostedZoneId(zone()).changeBatch(batch -> batch.changes(change)));
  }

  private Stream<ResourceRecordSet> record(String host) {
    return route53
        .listResourceRecordSets(request ->
            request
                .hostedZoneId(zone())
                .startRecordName(host)
                .startRecordType(RRType.A)
                .maxItems("1"))
        .resourceRecordSets()
        .stream()
        .filter(record -> record.name().equals(host + ".") && record.type() == RRType.A);
  }

  private boolean isOurZone() {
    try {
      var name = route53.getHostedZone(request -> request.id(zone())).hostedZone().name();
      return name.equals(ours.cluster().hostedZone().name() + ".");
    } catch (NoSuchHostedZoneException e) {
      // Its records went with it.
      return false;
    }
  }

  private String zone() {
    return ours.cluster().hostedZone().id();
  }
}
