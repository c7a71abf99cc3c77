package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.e2e.cloud.ResourceComparison;
import dev.fairway.link.Assembly;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/**
 * That the engine of CloudFormation does what the tests of whole deploys take for granted: the life
 * of one cluster's stacks, by the {@code cdk} CLI alone. Each test goes on where the one before it
 * ended.
 */
@Tag("e2e")
@TestMethodOrder(OrderAnnotation.class)
class EngineTest {
  private static final ChangedRecord RECORD = ChangedRecord.of("e2e");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> KEPT =
      Set.of("AWS::EC2::Volume", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SecretsManager::Secret");

  private static CloudFormationEngine engine;

  /** The stacks that the last deploy created or updated. */
  private static Map<String, String> changed = Map.of();

  @BeforeAll
  static void start() {
    engine = CloudFormationEngine.ministack("engine", RECORD.cluster().id());
    engine.prepare(RECORD.cluster());
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  @Order(1)
  void everyPropertyOfEveryTemplateIsThere() {
    deploy("first", RECORD.assembly());
    assertAllIsAsWanted(RECORD.assembly());
  }

  @Test
  @Order(2)
  void aSecretWithoutAValueHasNoVersion() {
    assertThat(engine.fillSecrets("e2e-foundation")).hasSize(8).contains("fairway/e2e/encryption");
    assertThat(engine.fillSecrets("e2e-foundation")).isEmpty();
  }

  @Test
  @Order(3)
  void aSecondDeployChangesNothing() {
    assertThat(deploy("second", RECORD.assembly())).contains("(no changes)");
    assertThat(changed).isEmpty();
  }

  @Test
  @Order(4)
  void aChangedSettingChangesWhatItIsAbout() {
    var larger = RECORD.with(Map.of("etcd_volume_size", "64")).assembly();
    deploy("larger", larger);
    assertThat(changed).containsOnlyKeys("e2e-etcd");
    assertAllIsAsWanted(larger);
  }

  @Test
  @Order(5)
  void aBrokenUpdateRollsBack() {
    var broken = RECORD.with(Map.of("etcd_volume_size", "40")).assembly();
    var ended =
        engine.cdk().deploy("broken", ChangedRecord.written(broken, "engine-broken"), List.of());
    assertThat(ended.exitCode()).isNotZero();
    assertThat(engine.clients().stack("e2e-etcd").orElseThrow().stackStatusAsString())
        .isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(ended.output()).contains("New size cannot be smaller than existing size");
  }

  @Test
  @Order(6)
  void instancesKeepTheVersionThatTheyWereStartedWith() {
    var other = RECORD.with(Map.of("etcd_volume_size", "80", "etcd_instance_type", "m6i.xlarge"));
    deploy("other", other.assembly());
    assertThat(instances("e2e-etcd-1"))
        .extracting(instance -> instance.launchTemplate().version())
        .containsExactly("1");
    assertAllIsAsWanted(other.assembly());
  }

  @Test
  @Order(7)
  void policiesAndProtectionHoldAStack() {
    var cloudFormation = engine.clients().cloudFormation();
    var policy = "{\"Statement\":[]}";
    assertThat(cloudFormation.getStackPolicy(r -> r.stackName("e2e-etcd")).stackPolicyBody())
        .isNull();
    cloudFormation.setStackPolicy(r -> r.stackName("e2e-etcd").stackPolicyBody(policy));
    assertThat(cloudFormation.getStackPolicy(r -> r.stackName("e2e-etcd")).stackPolicyBody())
        .isEqualTo(policy);
    protect(true);
    assertDeletionIsRefused("e2e-etcd", "TerminationProtection");
    protect(false);
    assertDeletionIsRefused("e2e-network", "is imported by stack e2e-foundation");
  }

  @Test
  @Order(8)
  void deletedStacksLeaveWhatTheirPoliciesKeep() {
    var stacks = RECORD.assembly().stackNames().reversed();
    var ids = stacks.stream().map(EngineTest::idOf).toList();
    var kept =
        stacks.stream()
            .flatMap(stack -> engine.clients().resources(stack).stream())
            .filter(resource -> KEPT.contains(resource.resourceType()))
            .map(StackResource::physicalResourceId)
            .toList();
    for (var stack : stacks) {
      delete(stack);
      Eventually.holds(stack + " is gone", PATIENCE, () -> engine.clients().stack(stack).isEmpty());
    }
    assertThat(ids.stream().flatMap(EngineTest::leftBy))
        .hasSize(5 + 2 + 2 + 8)
        .containsExactlyInAnyOrderElementsOf(kept);
    assertThat(engine.clients().ec2().describeVolumes().volumes()).hasSize(5);
    assertThat(engine.clients().autoScaling().describeAutoScalingGroups().autoScalingGroups())
        .isEmpty();
  }

  private static String deploy(String name, Assembly assembly) {
    var before = updates();
    var folder = ChangedRecord.written(assembly, "engine-" + name);
    var ended = engine.cdk().deploy(name, folder, List.of());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    changed = updates();
    changed.entrySet().removeAll(before.entrySet());
    return ended.output();
  }

  /** When each stack was last changed. */
  private static Map<String, String> updates() {
    var updates = new TreeMap<String, String>();
    for (var name : RECORD.assembly().stackNames()) {
      engine
          .clients()
          .stack(name)
          .ifPresent(
              stack -> updates.put(name, stack.stackStatus() + " " + stack.lastUpdatedTime()));
    }
    return updates;
  }

  private static void assertAllIsAsWanted(Assembly assembly) {
    var findings = ResourceComparison.of(assembly, engine.clients());
    assertThat(Unanswered.wrong(findings)).isEmpty();
    assertThat(Unanswered.of(findings)).containsExactlyElementsOf(Unanswered.known().keySet());
    assertThat(findings).hasSizeGreaterThan(1000);
  }

  private static List<Instance> instances(String group) {
    return engine
        .clients()
        .autoScaling()
        .describeAutoScalingGroups(request -> request.autoScalingGroupNames(group))
        .autoScalingGroups()
        .getFirst()
        .instances();
  }

  private static void protect(boolean isProtected) {
    engine
        .clients()
        .cloudFormation()
        .updateTerminationProtection(
            request -> request.stackName("e2e-etcd").enableTerminationProtection(isProtected));
  }

  private static void assertDeletionIsRefused(String stack, String reason) {
    assertThatThrownBy(() -> delete(stack))
        .isInstanceOf(CloudFormationException.class)
        .hasMessageContaining(reason);
  }

  private static void delete(String stack) {
    engine.clients().cloudFormation().deleteStack(request -> request.stackName(stack));
  }

  private static String idOf(String stack) {
    return engine.clients().stack(stack).orElseThrow().stackId();
  }

  /** What a deleted stack left behind, which only its events say. */
  private static Stream<String> leftBy(String stackId) {
    return engine
        .clients()
        .cloudFormation()
        .describeStackEventsPaginator(request -> request.stackName(stackId))
        .stackEvents()
        .stream()
        .filter(event -> event.resourceStatusAsString().equals("DELETE_SKIPPED"))
        .map(StackEvent::physicalResourceId);
  }
}
