package dev.fairway.deploy.aws;

import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** What those load balancers sent traffic to; they stay when their load balancer goes. */
record TargetGroups(ElasticLoadBalancingV2Client balancing, Ownership ours) implements Made {

  @Override
  public String type() {
    return "AWS::ElasticLoadBalancingV2::TargetGroup";
  }

  @Override
  public List<String> find() {
    return TaggedBalancing.ours(
        balancing,
        ours,
        balancing.describeTargetGroupsPaginator().targetGroups().stream()
            .map(TargetGroup::targetGroupArn));
  }

  @Override
  public void delete(String id) {
    try {
      var _ = balancing.deleteTargetGroup(request -> request.targetGroupArn(id));
    } catch (TargetGroupNotFoundException gone) {
      // As it should be.
    }
  }
}
