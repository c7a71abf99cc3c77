package dev.fairway.deploy.aws;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Which load balancers and target groups are the cluster's, by their tags. */
final class TaggedBalancing {
  private final ElasticLoadBalancingV2Client balancing;
  private final Ownership ours;

  private TaggedBalancing(ElasticLoadBalancingV2Client balancing, Ownership ours) {
    this.balancing = balancing;
    this.ours = ours;
  }

  static List<String> ours(
      ElasticLoadBalancingV2Client balancing, Ownership ours, Stream<String> arns) {
    var tagged = new TaggedBalancing(balancing, ours);
    return Batches.of(arns).flatMap(batch -> tagged.among(batch).stream()).sorted().toList();
  }

  private List<String> among(List<String> arns) {
    try {
      return balancing
          .describeTags(request -> request.resourceArns(arns))
          .tagDescriptions()
          .stream()
          .filter(this::isOurs)
          .map(TagDescription::resourceArn)
          .toList();
    } catch (LoadBalancerNotFoundException | TargetGroupNotFoundException e) {
      // One went in between; the others are asked for one by one.
      return arns.size() == 1
          ? List.of()
          : arns.stream().flatMap(arn -> among(List.of(arn)).stream()).toList();
    }
  }

  private boolean isOurs(TagDescription thing) {
    return ours.isMade(
        thing.tags().stream().collect(Collectors.toMap(Tag::key, Ownership.value(Tag::value))));
  }
}
