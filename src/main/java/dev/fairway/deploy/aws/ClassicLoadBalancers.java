package dev.fairway.deploy.aws;

import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancing.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancing.model.TagDescription;

/** Those of Services of the type LoadBalancer, from a cloud controller manager. */
record ClassicLoadBalancers(ElasticLoadBalancingClient balancing, Ownership ours) implements Made {

  @Override
  public String type() {
    return "AWS::ElasticLoadBalancing::LoadBalancer";
  }

  @Override
  public List<String> find() {
    var names =
        balancing.describeLoadBalancersPaginator().loadBalancerDescriptions().stream()
            .map(LoadBalancerDescription::loadBalancerName);
    return Batches.of(names).flatMap(batch -> tagged(batch).stream()).sorted().toList();
  }

  private List<String> tagged(List<String> names) {
    try {
      return balancing
          .describeTags(request -> request.loadBalancerNames(names))
          .tagDescriptions()
          .stream()
          .filter(this::isOurs)
          .map(TagDescription::loadBalancerName)
          .toList();
    } catch (LoadBalancerNotFoundException e) {
      // One went in between; the others are asked for one by one.
      return names.size() == 1
          ? List.of()
          : names.stream().flatMap(name -> tagged(List.of(name)).stream()).toList();
    }
  }

  private boolean isOurs(TagDescription balancer) {
    return ours.isMade(
        balancer.tags().stream().collect(Collectors.toMap(Tag::key, Ownership.value(Tag::value))));
  }

  /** One that is gone is no error to AWS. */
  @Override
  public void delete(String id) {
    var _ = balancing.deleteLoadBalancer(request -> request.loadBalancerName(id));
  }
}
