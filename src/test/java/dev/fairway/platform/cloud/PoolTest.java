package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Profile;
import dev.fairway.model.ScalingGroup;
import dev.fairway.model.Symbol;
import dev.fairway.model.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolTest {
  static List<Pool> pools() {
    return Pool.declare();
  }

  @Test
  void everyProfileHasItsTemplate() {
    assertThat(Pool.declare())
        .extracting(Pool::name)
        .containsExactly(
            "pool-worker", "pool-highcpu", "pool-highmem", "pool-highio", "pool-gpu", "pool-spot");
  }

  /** The linker knows templates by their facts, so two declarations must be equal. */
  @Test
  void declaresTheSameEachTime() {
    assertThat(Pool.declare()).isEqualTo(Pool.declare());
  }

  @ParameterizedTest
  @MethodSource("pools")
  void bootsTheNodeConfigOfItsProfile(Pool pool) {
    assertThat(pool.scalingGroups())
        .containsExactly(
            new ScalingGroup(
                "Nodes",
                Value.of(Facts.POOL_MIN_SIZE),
                Value.of(Facts.POOL_MAX_SIZE),
                "worker",
                "worker",
                "worker-" + pool.profile().name()));
  }

  @Test
  void aSettingOfOneNameIsTheSameInAllTemplates() {
    assertThat(Pool.declare().stream().flatMap(pool -> pool.settings().stream()).distinct())
        .allMatch(symbol -> symbol.scope() == Symbol.Scope.POOL)
        .extracting(Symbol::key)
        .containsExactlyInAnyOrder(
            "root_volume_gb",
            "instance_store_root_volume_gb",
            "instance_store_gb",
            "gpus_per_node");
  }

  /** What the defaults promise is what the profile's instance types have. */
  @Test
  void defaultsFollowFromTheInstanceTypes() {
    assertThat(initial(Profiles.HIGHIO, "instance_store_gb")).isEqualTo("937");
    assertThat(initial(Profiles.GPU, "gpus_per_node")).isEqualTo("1");
  }

  @Test
  void workersStandInOneZoneAndOthersInAll() {
    assertThat(Pool.of(Profiles.WORKER).subnets()).hasSize(1);
    assertThat(Pool.of(Profiles.SPOT).subnets()).hasSize(Facts.ZONES);
  }

  /** CloudFormation puts the number in; the network's exports must be what comes out. */
  @Test
  void theSubnetOfAZoneIsOneThatTheNetworkExports() {
    var imported = Pool.of(Profiles.WORKER).subnets().getFirst().cloudFormation().toString();
    assertThat(IntStream.rangeClosed(1, Facts.ZONES))
        .allSatisfy(zone -> {
          var export = Network.privateSubnetExport(zone);
          var name = "${ClusterId}:" + export.replaceAll("[0-9]+$", "\\${PoolZoneNumber}");
          assertThat(imported).contains(name);
        });
  }

  @ParameterizedTest
  @MethodSource("pools")
  void theAutoscalerFindsThePoolAndItsOwnCluster(Pool pool) {
    assertThat(pool.autoscalerTags())
        .contains(
            tag("k8s.io/cluster-autoscaler/enabled", Value.of("true")),
            new Pool.GroupTag(
                Value.join("k8s.io/cluster-autoscaler/", Facts.CLUSTER_TAG), Value.of("owned")));
  }

  @ParameterizedTest
  @MethodSource("pools")
  void theAutoscalerKnowsLabelsAndTaintsOfANodeToCome(Pool pool) {
    var profile = pool.profile();
    assertThat(pool.autoscalerTags())
        .contains(
            tag(
                "k8s.io/cluster-autoscaler/node-template/label/fairway.dev/pool",
                Value.of(Facts.POOL_NAME)));
    assertThat(Profiles.labels(profile))
        .allSatisfy((key, value) ->
            assertThat(pool.autoscalerTags())
                .contains(tag(AutoscalerTags.label(key), Value.of(value))));
    assertThat(profile.taints())
        .allSatisfy((key, value) ->
            assertThat(pool.autoscalerTags())
                .contains(tag(AutoscalerTags.taint(key), Value.of(value))));
  }

  /** It goes by itself: a node to come that had it for ever would fit no pod. */
  @ParameterizedTest
  @MethodSource("pools")
  void theAutoscalerKnowsNothingOfTheStartupTaint(Pool pool) {
    assertThat(pool.autoscalerTags().toString()).doesNotContain("fairway.dev/starting");
  }

  @Test
  void theAutoscalerKnowsTheResourcesOfANodeToCome() {
    var ephemeral = "k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage";
    assertThat(value(Profiles.WORKER, ephemeral)).isEqualTo("${SettingRootVolumeGb}G");
    assertThat(value(Profiles.HIGHIO, ephemeral)).isEqualTo("${SettingInstanceStoreGb}G");
    assertThat(
            value(Profiles.GPU, "k8s.io/cluster-autoscaler/node-template/resources/nvidia.com/gpu"))
        .contains("SettingGpusPerNode");
  }

  /**
   * EC2 takes 128 characters and 50 tags; the linker adds tags of the stack's and of the pool's own
   * labels and taints.
   */
  @ParameterizedTest
  @MethodSource("pools")
  void tagsStayWithinTheLimits(Pool pool) {
    assertThat(pool.autoscalerTags())
        .hasSizeLessThan(20)
        .allSatisfy(tag -> assertThat(tag.key().cloudFormation().toString()).hasSizeLessThan(128));
    assertThat(pool.autoscalerTags()).extracting(Pool.GroupTag::key).doesNotHaveDuplicates();
  }

  private static String initial(Profile profile, String key) {
    return Pool.of(profile).settings().stream()
        .filter(symbol -> symbol.key().equals(key))
        .map(symbol -> symbol.initial().orElseThrow().inline())
        .findFirst()
        .orElseThrow();
  }

  private static String value(Profile profile, String key) {
    return Pool.of(profile).autoscalerTags().stream()
        .filter(tag -> tag.key().equals(Value.of(key)))
        .map(tag -> tag.value().cloudFormation())
        .map(json -> json.toString().replaceAll("^\\{Fn::Sub=(.*)}$", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private static Pool.GroupTag tag(String key, Value value) {
    return new Pool.GroupTag(Value.of(key), value);
  }
}
