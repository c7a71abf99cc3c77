package dev.fairway.deploy.aws;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancing.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancing.model.TagDescription;

/** Classic load balancers with their tags, of which twenty are told at once. */
final class DoomedBalancers implements ElasticLoadBalancingClient {
  private final Map<String, Map<String, String>> balancers = new TreeMap<>();

  void add(String name, Map<String, String> tags) {
    balancers.put(name, tags);
  }

  List<String> names() {
    return List.copyOf(balancers.keySet());
  }

  @Override
  public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest request) {
    return DescribeLoadBalancersResponse.builder()
        .loadBalancerDescriptions(
            balancers.keySet().stream()
                .map(name -> LoadBalancerDescription.builder().loadBalancerName(name).build())
                .toList())
        .build();
  }

  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    if (request.loadBalancerNames().size() > 20) {
      throw new AssertionError("AWS would refuse to tell of more than 20");
    }
    return DescribeTagsResponse.builder()
        .tagDescriptions(request.loadBalancerNames().stream().map(this::description).toList())
        .build();
  }

  private TagDescription description(String name) {
    return TagDescription.builder()
        .loadBalancerName(name)
        .tags(
            Objects.requireNonNull(balancers.get(name), name).entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  @Override
  public DeleteLoadBalancerResponse deleteLoadBalancer(DeleteLoadBalancerRequest request) {
    balancers.remove(request.loadBalancerName());
    return DeleteLoadBalancerResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "elasticloadbalancing";
  }

  @Override
  public void close() {}
}
