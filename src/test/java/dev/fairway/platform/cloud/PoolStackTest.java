package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awscdk.assertions.Match.absent;
import static software.amazon.awscdk.assertions.Match.objectLike;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.model.Facts;
import dev.fairway.model.Profile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.assertions.Template;

class PoolStackTest {
  private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";

  private static final SortedMap<String, Synthesized> STACKS = synthesized();

  private static SortedMap<String, Synthesized> synthesized() {
    var stacks = new TreeMap<String, Synthesized>();
    for (var profile : Profiles.all()) {
      stacks.put(profile.name(), Synthesized.of(app -> new PoolStack(app, Pool.of(profile))));
    }
    return stacks;
  }

  static List<String> profiles() {
    return Profiles.all().stream().map(Profile::name).toList();
  }

  /** CloudFormation rolls etcd and masters only. */
  @ParameterizedTest
  @MethodSource("profiles")
  void cloudFormationNeitherWaitsForNodesNorReplacesThem(String profile) {
    template(profile)
        .hasResource(
            GROUP, objectLike(Map.of("CreationPolicy", absent(), "UpdatePolicy", absent())));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theSizeBelongsToTheAutoscaler(String profile) {
    template(profile)
        .hasResourceProperties(
            GROUP,
            objectLike(
                Map.of(
                    "MinSize", Map.of("Ref", "PoolMinSize"),
                    "MaxSize", Map.of("Ref", "PoolMaxSize"),
                    "DesiredCapacity", absent(),
                    "NewInstancesProtectedFromScaleIn", false)));
  }

  /** A hook of its own would miss the first instances. */
  @ParameterizedTest
  @MethodSource("profiles")
  void bothHooksStandInTheGroup(String profile) {
    template(profile).resourceCountIs("AWS::AutoScaling::LifecycleHook", 0);
    template(profile)
        .hasResourceProperties(
            GROUP,
            objectLike(
                Map.of(
                    "LifecycleHookSpecificationList",
                    List.of(
                        hook("ready", "autoscaling:EC2_INSTANCE_LAUNCHING", "ABANDON", 900),
                        hook(
                            "drained",
                            "autoscaling:EC2_INSTANCE_TERMINATING",
                            "CONTINUE",
                            1800)))));
  }

  /** Nodes complete the hooks that they are told of, so the names must be those of the group. */
  @ParameterizedTest
  @MethodSource("profiles")
  void nodesAreToldTheHooksOfTheirGroup(String profile) {
    var userData = stack(profile).properties("NodesLaunchTemplate").toString();
    assertThat(userData)
        .contains("LAUNCH_HOOK%3Dready%0A")
        .contains("TERMINATE_HOOK%3Ddrained%0A")
        .contains("LOGICAL_ID%3DNodes%0A")
        .contains("ASG_NAME%3D${AWS::StackName}%0A");
    template(profile)
        .hasResourceProperties(
            GROUP, objectLike(Map.of("AutoScalingGroupName", Map.of("Ref", "AWS::StackName"))));
  }

  @Test
  void aWorkerGroupHasExactlyOneSubnet() {
    var name = Map.of("Fn::Sub", "${ClusterId}:private-subnet-${PoolZoneNumber}");
    template("worker")
        .hasResourceProperties(
            GROUP,
            objectLike(Map.of("VPCZoneIdentifier", List.of(Map.of("Fn::ImportValue", name)))));
  }

  @Test
  void otherGroupsHaveOneInEachZone() {
    var subnets =
        IntStream.rangeClosed(1, Facts.ZONES)
            .mapToObj(zone -> Map.of("Fn::Sub", "${ClusterId}:private-subnet-" + zone))
            .map(name -> Map.of("Fn::ImportValue", name))
            .toList();
    special()
        .forEach(template ->
            template.hasResourceProperties(
                GROUP, objectLike(Map.of("VPCZoneIdentifier", subnets))));
  }

  @Test
  void spotHasNoInstanceOnDemand() {
    var distribution =
        Map.of(
            "OnDemandAllocationStrategy",
            "prioritized",
            "OnDemandBaseCapacity",
            0,
            "OnDemandPercentageAboveBaseCapacity",
            0,
            "SpotAllocationStrategy",
            "price-capacity-optimized");
    template("spot")
        .hasResourceProperties(
            GROUP,
            objectLike(
                Map.of(
                    "CapacityRebalance",
                    true,
                    "MixedInstancesPolicy",
                    objectLike(Map.of("InstancesDistribution", distribution)))));
  }

  @Test
  void othersHaveNoInstanceOfSpot() {
    var distribution =
        Map.of(
            "OnDemandAllocationStrategy", "prioritized",
            "OnDemandBaseCapacity", 0,
            "OnDemandPercentageAboveBaseCapacity", 100);
    onDemand()
        .forEach(template ->
            template.hasResourceProperties(
                GROUP,
                objectLike(
                    Map.of(
                        "CapacityRebalance",
                        absent(),
                        "MixedInstancesPolicy",
                        objectLike(Map.of("InstancesDistribution", distribution))))));
  }

  /** The first type is required; the autoscaler takes it for all. */
  @ParameterizedTest
  @MethodSource("profiles")
  void unusedInstanceTypesAreLeftOut(String profile) {
    var overrides =
        Stream.concat(
                Stream.of(type(1)),
                IntStream.rangeClosed(2, Facts.INSTANCE_TYPES)
                    .mapToObj(number ->
                        Map.of(
                            "Fn::If",
                            List.of(
                                "PoolInstanceType" + number + "IsGiven",
                                type(number),
                                Map.of("Ref", "AWS::NoValue")))))
            .toList();
    template(profile)
        .hasResourceProperties(
            GROUP,
            objectLike(
                Map.of(
                    "MixedInstancesPolicy",
                    objectLike(
                        Map.of("LaunchTemplate", objectLike(Map.of("Overrides", overrides)))))));
  }

  /** Only the overrides choose: a type in the launch template would be a second truth. */
  @ParameterizedTest
  @MethodSource("profiles")
  void theLaunchTemplateNamesNoInstanceType(String profile) {
    template(profile)
        .hasResourceProperties(
            "AWS::EC2::LaunchTemplate",
            objectLike(
                Map.of(
                    "LaunchTemplateData",
                    objectLike(
                        Map.of("InstanceType", absent(), "InstanceMarketOptions", absent())))));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theGroupHasTheAutoscalersTags(String profile) {
    var owner = Map.of("Fn::Sub", "k8s.io/cluster-autoscaler/${ClusterTag}");
    var label = "k8s.io/cluster-autoscaler/node-template/label/";
    assertThat(tags(profile))
        .contains(
            tag("k8s.io/cluster-autoscaler/enabled", "true"),
            tag(owner, "owned"),
            tag(label + "fairway.dev/pool", Map.of("Ref", "PoolName")),
            tag(label + "fairway.dev/profile", profile));
  }

  @Test
  void gpuNodesToComeHaveGpus() {
    var template = "k8s.io/cluster-autoscaler/node-template/";
    assertThat(tags("gpu"))
        .contains(
            tag(template + "taint/nvidia.com/gpu", "present:NoSchedule"),
            tag(template + "resources/nvidia.com/gpu", Map.of("Ref", "SettingGpusPerNode")));
  }

  private static Synthesized stack(String profile) {
    return Objects.requireNonNull(STACKS.get(profile));
  }

  private static Template template(String profile) {
    return stack(profile).template();
  }

  private static Stream<Template> special() {
    return profiles().stream().filter(name -> !name.equals("worker")).map(PoolStackTest::template);
  }

  private static Stream<Template> onDemand() {
    return profiles().stream().filter(name -> !name.equals("spot")).map(PoolStackTest::template);
  }

  private static JsonNode tags(String profile) {
    return stack(profile).properties("Nodes").path("Tags");
  }

  private static Map<String, Object> hook(
      String name, String transition, String otherwise, int heartbeat) {
    return Map.of(
        "LifecycleHookName", name,
        "LifecycleTransition", transition,
        "DefaultResult", otherwise,
        "HeartbeatTimeout", heartbeat);
  }

  private static Map<String, Object> type(int number) {
    return Map.of("InstanceType", Map.of("Ref", "PoolInstanceType" + number));
  }

  private static JsonNode tag(Object key, Object value) {
    return new ObjectMapper()
        .valueToTree(Map.of("Key", key, "Value", value, "PropagateAtLaunch", false));
  }
}
