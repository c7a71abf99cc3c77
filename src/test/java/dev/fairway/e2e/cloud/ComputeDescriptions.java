package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.e2e.cloud.Descriptions.Describer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Volumes, launch templates, Auto Scaling groups and the load balancer. */
record ComputeDescriptions(AwsClients clients) {

  Map<String, Describer> all() {
    return Map.of(
        "AWS::EC2::Volume", this::volume,
        "AWS::EC2::LaunchTemplate", this::template,
        "AWS::AutoScaling::AutoScalingGroup", this::group,
        "AWS::ElasticLoadBalancing::LoadBalancer", this::loadBalancer);
  }

  private Optional<ObjectNode> volume(Resource resource) {
    return NetworkDescriptions.first(
        clients.ec2().describeVolumes(request -> request.volumeIds(resource.id())).volumes());
  }

  private Optional<ObjectNode> template(Resource resource) {
    var found =
        NetworkDescriptions.first(
            clients
                .ec2()
                .describeLaunchTemplates(request -> request.launchTemplateIds(resource.id()))
                .launchTemplates());
    found.ifPresent(template -> {
      var latest =
          clients
              .ec2()
              .describeLaunchTemplateVersions(
                  request -> request.launchTemplateId(resource.id()).versions("$Latest"))
              .launchTemplateVersions()
              .getFirst();
      template.set("LaunchTemplateData", Documents.of(latest.launchTemplateData()));
    });
    return found;
  }

  private Optional<ObjectNode> group(Resource resource) {
    var found =
        NetworkDescriptions.first(
            clients
                .autoScaling()
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(resource.id()))
                .autoScalingGroups());
    found.ifPresent(group -> {
      var subnets = group.path("VPCZoneIdentifier").asText().split(",", -1);
      group.set("VPCZoneIdentifier", Documents.array(subnets));
      complete(group, resource.id());
    });
    return found;
  }

  private void complete(ObjectNode group, String name) {
    var hooks = group.putArray("LifecycleHookSpecificationList");
    clients
        .autoScaling()
        .describeLifecycleHooks(request -> request.autoScalingGroupName(name))
        .lifecycleHooks()
        .forEach(hook -> hooks.add(Documents.of(hook)));
    var granularities = new TreeSet<String>();
    group
        .path("EnabledMetrics")
        .forEach(metric -> granularities.add(metric.path("Granularity").asText()));
    var collections = group.putArray("MetricsCollection");
    granularities.forEach(granularity -> collections.addObject().put("Granularity", granularity));
  }

  private Optional<ObjectNode> loadBalancer(Resource resource) {
    var elb = clients.classicElb();
    var name = resource.id();
    var found =
        NetworkDescriptions.first(
            elb.describeLoadBalancers(request -> request.loadBalancerNames(name))
                .loadBalancerDescriptions());
    found.ifPresent(balancer -> {
      var attributes =
          elb.describeLoadBalancerAttributes(request -> request.loadBalancerName(name))
              .loadBalancerAttributes();
      balancer.put("CrossZone", attributes.crossZoneLoadBalancing().enabled());
      balancer.set("AccessLoggingPolicy", Documents.of(attributes.accessLog()));
      balancer.set("ConnectionDrainingPolicy", Documents.of(attributes.connectionDraining()));
      balancer.set("ConnectionSettings", Documents.of(attributes.connectionSettings()));
      balancer.set("Listeners", listeners(balancer));
      balancer.set("Policies", policies(name));
      var tags = balancer.putArray("Tags");
      elb.describeTags(request -> request.loadBalancerNames(name)).tagDescriptions().stream()
          .flatMap(description -> description.tags().stream())
          .forEach(tag -> tags.add(Documents.of(tag)));
    });
    return found;
  }

  private static JsonNode listeners(ObjectNode balancer) {
    var listeners = Documents.array();
    for (var description : balancer.path("ListenerDescriptions")) {
      ObjectNode listener = description.path("Listener").deepCopy();
      listener.set("PolicyNames", description.path("PolicyNames"));
      listeners.add(listener);
    }
    return listeners;
  }

  private JsonNode policies(String name) {
    var policies = Documents.array();
    clients
        .classicElb()
        .describeLoadBalancerPolicies(request -> request.loadBalancerName(name))
        .policyDescriptions()
        .forEach(description -> {
          var policy = policies.addObject();
          policy.put("PolicyName", description.policyName());
          policy.put("PolicyType", description.policyTypeName());
          var attributes = policy.putArray("Attributes");
          description
              .policyAttributeDescriptions()
              .forEach(attribute ->
                  attributes
                      .addObject()
                      .put("Name", attribute.attributeName())
                      .put("Value", attribute.attributeValue()));
        });
    return policies;
  }
}
