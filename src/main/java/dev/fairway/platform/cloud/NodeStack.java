package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Reach;
import dev.fairway.model.Symbol;
import dev.fairway.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.CfnAutoScalingGroupProps;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplateProps;
import software.constructs.Construct;

/** A stack that launches nodes: what all of them have in common, whatever they are for. */
public abstract class NodeStack extends ClusterStack {
  /** The root device of Flatcar's images; by another name it would be a second volume. */
  private static final String ROOT_DEVICE = "/dev/xvda";

  /**
   * AWS' own key, whatever the account's default is: for a key of the customer's the service-linked
   * role of Auto Scaling would need a grant before it could launch anything.
   */
  private static final String ROOT_VOLUME_KEY = "alias/aws/ebs";

  /** A fixed key, so that IAM conditions can speak of it; stack tags have it too. */
  static final String CLUSTER_TAG = "fairway:cluster";

  /** What EC2 takes to say whether a machine that boots is sound. */
  private static final Duration BOOT = Duration.ofMinutes(5);

  protected NodeStack(Construct app, Template template) {
    super(app, template);
  }

  /** The launch template of a group whose nodes are of one type. */
  final void launchTemplate(NodeGroup group, Symbol instanceType, Number rootVolumeSize) {
    launchTemplate(group, launchData(group, rootVolumeSize).instanceType(text(instanceType)));
  }

  /** The launch template of a group that chooses its instance types itself. */
  final void launchTemplate(NodeGroup group, Number rootVolumeSize) {
    launchTemplate(group, launchData(group, rootVolumeSize));
  }

  private void launchTemplate(
      NodeGroup group, CfnLaunchTemplate.LaunchTemplateDataProperty.Builder data) {
    // Neither a name nor tags of its own: to change either replaces it, and a name would then be
    // taken by its predecessor.
    var _ =
        new CfnLaunchTemplate(
            this,
            group.launchTemplate(),
            CfnLaunchTemplateProps.builder().launchTemplateData(data.build()).build());
  }

  private CfnLaunchTemplate.LaunchTemplateDataProperty.Builder launchData(
      NodeGroup group, Number rootVolumeSize) {
    var facts = group.group();
    var userData = json(group.userData().userData());
    return CfnLaunchTemplate.LaunchTemplateDataProperty.builder()
        .imageId(text(Facts.AMI))
        .iamInstanceProfile(
            CfnLaunchTemplate.IamInstanceProfileProperty.builder()
                .name(text(Value.imported(Foundation.instanceProfileExport(facts.role()))))
                .build())
        .securityGroupIds(
            List.of(
                text(
                    Value.imported(
                        Foundation.groupExport(new Reach.SecurityGroup(facts.securityGroup()))))))
        .blockDeviceMappings(List.of(rootVolume(rootVolumeSize)))
        .metadataOptions(metadata())
        .monitoring(CfnLaunchTemplate.MonitoringProperty.builder().enabled(true).build())
        // A node that powers itself off is replaced; a stopped one would be neither here nor gone.
        .instanceInitiatedShutdownBehavior("terminate")
        .tagSpecifications(
            Stream.of("instance", "volume").map(type -> tagged(type, tags(group))).toList())
        .userData(text(PointerConfig.base64(userData)));
  }

  private static CfnLaunchTemplate.BlockDeviceMappingProperty rootVolume(Number size) {
    return CfnLaunchTemplate.BlockDeviceMappingProperty.builder()
        .deviceName(ROOT_DEVICE)
        .ebs(
            CfnLaunchTemplate.EbsProperty.builder()
                .volumeType("gp3")
                .volumeSize(size)
                .encrypted(true)
                .kmsKeyId(ROOT_VOLUME_KEY)
                .deleteOnTermination(true)
                .build())
        .build();
  }

  /** One hop ends at the node itself: pods get credentials from kube2iam, not from here. */
  private static CfnLaunchTemplate.MetadataOptionsProperty metadata() {
    return CfnLaunchTemplate.MetadataOptionsProperty.builder()
        .httpEndpoint("enabled")
        .httpTokens("required")
        .httpPutResponseHopLimit(1)
        .build();
  }

  private static CfnLaunchTemplate.TagSpecificationProperty tagged(
      String resourceType, List<CfnTag> tags) {
    return CfnLaunchTemplate.TagSpecificationProperty.builder()
        .resourceType(resourceType)
        .tags(tags)
        .build();
  }

  /** What instances and their root volumes are known by. */
  private List<CfnTag> tags(NodeGroup group) {
    return List.of(
        CfnTag.builder().key("Name").value(text(group.name())).build(),
        clusterTag(),
        // The stack's own tags reach the instances, but not their volumes.
        tag(CLUSTER_TAG, Facts.CLUSTER_ID));
  }

  /**
   * The properties that every group of nodes has; a launch template, the subnets and more tags are
   * its stack's to add. Stack tags reach the group, and with it the instances.
   */
  final CfnAutoScalingGroupProps.Builder group(NodeGroup group) {
    var props =
        CfnAutoScalingGroupProps.builder()
            .autoScalingGroupName(text(group.name()))
            .minSize(text(group.group().min()))
            .maxSize(text(group.group().max()))
            // Of a node the group judges the machine only. What runs on it is judged by those who
            // know the cause: a node that fails because others do is not mended by a new one.
            .healthCheckType("EC2")
            .healthCheckGracePeriod(BOOT.toSeconds());
    var hooks = group.hooks().stream().map(NodeStack::lifecycleHook).toList();
    return hooks.isEmpty() ? props : props.lifecycleHookSpecificationList(hooks);
  }

  private static CfnAutoScalingGroup.LifecycleHookSpecificationProperty lifecycleHook(
      LifecycleHook hook) {
    return CfnAutoScalingGroup.LifecycleHookSpecificationProperty.builder()
        .lifecycleHookName(hook.name())
        .lifecycleTransition(hook.transition().autoScaling())
        .heartbeatTimeout(hook.heartbeat().toSeconds())
        .defaultResult(hook.otherwise().name())
        .build();
  }

  /** The newest version of the group's launch template, so that a change of it rolls the group. */
  final CfnAutoScalingGroup.LaunchTemplateSpecificationProperty newestLaunch(NodeGroup group) {
    return CfnAutoScalingGroup.LaunchTemplateSpecificationProperty.builder()
        .launchTemplateId(text(Value.ref(group.launchTemplate())))
        .version(text(Value.attribute(group.launchTemplate(), "LatestVersionNumber")))
        .build();
  }

  /** The group counts as created when so many of its instances have sent a signal. */
  static void created(CfnAutoScalingGroup group, int signals, Duration patience) {
    group.addOverride(
        "CreationPolicy",
        Map.of("ResourceSignal", Map.of("Count", signals, "Timeout", patience.toString())));
  }

  /**
   * Replaces the group's instances one after the other when their launch template changes. Each new
   * one has to send CloudFormation a signal within the patience, or the update is rolled back.
   */
  static void rolling(CfnAutoScalingGroup group, int minInService, Duration patience) {
    var policy = new TreeMap<String, Object>();
    policy.put("MinInstancesInService", minInService);
    policy.put("MaxBatchSize", 1);
    policy.put("MinSuccessfulInstancesPercent", 100);
    policy.put("WaitOnResourceSignals", true);
    policy.put("PauseTime", patience.toString());
    // What else starts and ends instances would mix with the update, and be counted as its own.
    policy.put(
        "SuspendProcesses",
        List.of(
            "AZRebalance",
            "AlarmNotification",
            "HealthCheck",
            "ReplaceUnhealthy",
            "ScheduledActions"));
    group.addOverride("UpdatePolicy", Map.of("AutoScalingRollingUpdate", policy));
  }

  /** The private subnet of a zone, from 1. */
  final String privateSubnet(int zone) {
    return text(Value.imported(Network.privateSubnetExport(zone)));
  }
}
