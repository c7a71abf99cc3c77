package dev.fairway.deploy.aws;

import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;

/** Network and application load balancers, with their listeners. */
record LoadBalancers(ElasticLoadBalancingV2Client balancing, Ownership ours) implements Made {

  @Override
  public String type() {
    return "AWS::ElasticLoadBalancingV2::LoadBalancer";
  }

  @Override
  public List<String> find() {
    return TaggedBalancing.ours(
        balancing,
        ours,
        balancing.describeLoadBalancersPaginator().loadBalancers().stream()
            .map(LoadBalancer::loadBalancerArn));
  }

  @Override
  public void delete(String id) {
    try {
      var _ = balancing.deleteLoadBalancer(request -> request.loadBalancerArn(id));
    } catch (LoadBalancerNotFoundException gone) {
      // As it should be.
    }
  }
}
