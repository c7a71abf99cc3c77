package dev.fairway.deploy.aws;

import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A hosted zone with A records. It answers with the first that is not before the asked one. */
final class DoomedNames implements Route53Client {
  private final String zone;
  private final TreeSet<String> hosts = new TreeSet<>();
  private boolean isThere = true;

  DoomedNames(String zone) {
    this.zone = zone;
  }

  void add(String host) {
    hosts.add(host);
  }

  /** Somebody deletes the zone. */
  void vanish() {
    isThere = false;
    hosts.clear();
  }

  private void requireThere() {
    if (!isThere) {
      throw NoSuchHostedZoneException.builder().statusCode(404).build();
    }
  }

  List<String> hosts() {
    return List.copyOf(hosts);
  }

  @Override
  public GetHostedZoneResponse getHostedZone(GetHostedZoneRequest request) {
    requireThere();
    return GetHostedZoneResponse.builder()
        .hostedZone(found -> found.id(request.id()).name(zone + "."))
        .build();
  }

  @Override
  public ListResourceRecordSetsResponse listResourceRecordSets(
      ListResourceRecordSetsRequest request) {
    requireThere();
    return ListResourceRecordSetsResponse.builder()
        .resourceRecordSets(
            hosts.tailSet(request.startRecordName(), true).stream()
                .limit(1)
                .map(host -> ResourceRecordSet.builder().name(host + ".").type(RRType.A).build())
                .toList())
        .build();
  }

  @Override
  public ChangeResourceRecordSetsResponse changeResourceRecordSets(
      ChangeResourceRecordSetsRequest request) {
    for (var change : request.changeBatch().changes()) {
      if (change.action() != ChangeAction.DELETE
          || !hosts.remove(change.resourceRecordSet().name().replaceFirst("\\.$", ""))) {
        throw new AssertionError("not expected: " + change);
      }
    }
    return ChangeResourceRecordSetsResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "route53";
  }

  @Override
  public void close() {}
}
