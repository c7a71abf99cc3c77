package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup.InstancesDistributionProperty;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup.LaunchTemplateOverridesProperty;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup.LaunchTemplateProperty;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup.MetricsCollectionProperty;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup.MixedInstancesPolicyProperty;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup.TagPropertyProperty;
import software.constructs.Construct;

/** Builds {@link Pool}. */
public final class PoolStack extends NodeStack {
  private final Pool facts;
  private final NodeGroup nodes;

  public PoolStack(Construct app, Pool facts) {
    super(app, facts);
    this.facts = facts;
    this.nodes = facts.nodes();
    launchTemplate(nodes, number(facts.rootVolume()));
    group();
    outputs();
  }

  /**
   * No desired capacity: it is the cluster autoscaler's, and CloudFormation would set it back. No
   * creation and no update policy: a node is ready only once the manifests are applied, which is
   * after this stack, and Fairway replaces nodes itself.
   *
   * <p>New instances are not protected from scale-in. That would keep Auto Scaling from moving
   * nodes between zones, which CloudFormation can forbid during rolling updates only; but nobody
   * could delete the stack any more, as its group would wait for its protected instances for ever.
   * A node that is moved is drained first, like any other.
   */
  private void group() {
    var group =
        group(nodes)
            .vpcZoneIdentifier(facts.subnets().stream().map(this::text).toList())
            .mixedInstancesPolicy(instances())
            .newInstancesProtectedFromScaleIn(false)
            .terminationPolicies(List.of("OldestLaunchTemplate", "Default"))
            .metricsCollection(
                List.of(MetricsCollectionProperty.builder().granularity("1Minute").build()))
            .tags(facts.autoscalerTags().stream().map(this::groupTag).toList());
    if (facts.profile().spot()) {
      // A node at risk is replaced and drained in time, and not within the two minutes' notice.
      group.capacityRebalance(true);
    }
    var _ = new CfnAutoScalingGroup(this, nodes.logicalId(), group.build());
  }

  /** One form for all: a pool may get a second instance type without becoming another template. */
  private MixedInstancesPolicyProperty instances() {
    var launch =
        LaunchTemplateProperty.builder()
            .launchTemplateSpecification(newestLaunch(nodes))
            .overrides(instanceTypes())
            .build();
    return MixedInstancesPolicyProperty.builder()
        .launchTemplate(launch)
        .instancesDistribution(distribution())
        .build();
  }

  /** On-demand in the order of the list; spot where EC2 has most to spare of what is cheap. */
  private InstancesDistributionProperty distribution() {
    var distribution =
        InstancesDistributionProperty.builder()
            .onDemandAllocationStrategy("prioritized")
            .onDemandBaseCapacity(0)
            .onDemandPercentageAboveBaseCapacity(facts.profile().spot() ? 0 : 100);
    if (facts.profile().spot()) {
      distribution.spotAllocationStrategy("price-capacity-optimized");
    }
    return distribution.build();
  }

  private List<Object> instanceTypes() {
    var overrides = new ArrayList<Object>();
    overrides.add(
        LaunchTemplateOverridesProperty.builder()
            .instanceType(text(Facts.instanceType(1)))
            .build());
    for (var number = 2; number <= Facts.INSTANCE_TYPES; number++) {
      var type = Facts.instanceType(number);
      overrides.add(any(onlyIf(given(type), Map.of("InstanceType", json(Value.of(type))))));
    }
    return overrides;
  }

  private TagPropertyProperty groupTag(Pool.GroupTag tag) {
    return TagPropertyProperty.builder()
        .key(text(tag.key()))
        .value(text(tag.value()))
        .propagateAtLaunch(false)
        .build();
  }

  private void outputs() {
    output("ScalingGroupName", "The pool's Auto Scaling group", Value.ref(nodes.logicalId()));
    output(
        "LaunchTemplateVersion",
        "What the pool's nodes should run; Fairway replaces those of an older one",
        Value.attribute(nodes.launchTemplate(), "LatestVersionNumber"));
  }
}
