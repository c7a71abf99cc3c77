package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.FairwayProcess.Ended;
import dev.fairway.e2e.cloud.ResourceComparison;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import dev.fairway.link.Assembly;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * The life of one cluster, by Fairway's own commands: each test finds it as the one before left it.
 */
@Order(2)
@Tag("e2e")
@Item(1)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class DeployTest {
  private static final String WORKERS = "e2e-pool-worker-eu-central-1";

  private static final String BACKUPS = "111122223333-eu-central-1-e2e-etcd-backup";

  private final World world = World.of("e2e", "e2e");

  /** Twenty deploys of it follow; the clusters of FleetTest are deployed whole. */
  @BeforeAll
  void leaveOut() {
    Wanted.OFF.forEach(component -> world.setting(component + "_enabled", "false"));
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  @Order(1)
  void aNewClusterStopsAtItsEmptySecrets(Evidence evidence) {
    World.tellEngines(evidence);
    evidence.table(
        "switched off", List.of("component"), Wanted.OFF.stream().map(List::of).toList());
    var ended = world.deploy();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(Told.by(ended).messages("FW7001"))
        .hasSize(8)
        .contains("the secret fairway/e2e/kubernetes-ca has no version");
    assertThat(world.aws().clients().stack("e2e-foundation")).isPresent();
    assertThat(world.aws().clients().stack("e2e-etcd")).as("nothing boots").isEmpty();
  }

  @Test
  @Order(2)
  void withTheSecretsItComesToLife(Evidence evidence) {
    world.aws().fillSecrets("e2e-foundation");
    var ended = world.deploy().succeeded();
    evidence
        .figure("stacks", world.assembly().stacks().size())
        .figure("first deploy", seconds(ended))
        .text("what it told", ended.err());
    resourcesEqualTemplates(world, evidence);
    assertThat(policies()).isEqualTo(wantedPolicies(world.assembly()));
  }

  @Test
  @Order(3)
  void aSecondDeployChangesNothing(Evidence evidence) {
    var before = versions();
    var ended = world.deploy().succeeded();
    evidence.figure("a deploy with nothing to do", seconds(ended));
    assertThat(Told.by(ended).isChanged()).isFalse();
    assertThat(versions()).isEqualTo(before);
    // It started no CLI, by its own judgement: the CLI must come to the same.
    var byHand = world.aws().cdk().deploy("by-hand", world.assemblyFolder(), List.of());
    assertThat(byHand.exitCode()).as(byHand.output()).isZero();
    assertThat(byHand.output().lines().filter(line -> line.contains("(no changes)")))
        .hasSameSizeAs(world.assembly().stacks());
    assertThat(versions()).isEqualTo(before);
    assertThat(Told.by(world.deploy("--plan").succeeded()).isChanged()).isFalse();
  }

  @Test
  @Order(4)
  void aSettingOfAComponentTouchesItsObject() {
    world.setting("coredns_memory", "1Gi");
    var planned = Told.by(world.deploy("--plan").succeeded());
    var done = Told.by(world.deploy().succeeded());
    assertThat(done.changed()).containsExactly("Deployment/kube-system/coredns");
    assertThat(planned.changed()).isEqualTo(done.changed());
  }

  @Test
  @Order(5)
  void aSettingOfAStackTouchesTheStack(Evidence evidence) {
    world.setting("etcd_volume_size", "64");
    assertThat(Told.by(world.deploy().succeeded()).changed()).containsExactly("e2e-etcd");
    resourcesEqualTemplates(world, evidence);
  }

  @Test
  @Order(6)
  void aBrokenUpdateRollsBackAndSaysWhy(Evidence evidence) {
    world.setting("etcd_volume_size", "40");
    var broken = world.deploy();
    assertThat(broken.code()).isEqualTo(1);
    var causes = Told.by(broken).messages("FW7109");
    evidence.text("what a broken update told", String.join("\n", causes));
    assertThat(causes)
        .singleElement()
        .asString()
        .contains("e2e-etcd", "AWS::EC2::Volume", "New size cannot be smaller");
    assertThat(world.aws().clients().stack("e2e-etcd").orElseThrow().stackStatusAsString())
        .isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(record()).containsEntry("outcome", "failed at control-plane");
  }

  @Test
  @Order(7)
  void theNextGoodUpdateSucceeds(Evidence evidence) {
    world.setting("etcd_volume_size", "80");
    assertThat(Told.by(world.deploy().succeeded()).changed()).contains("e2e-etcd");
    assertThat(record()).containsEntry("outcome", "succeeded");
    resourcesEqualTemplates(world, evidence);
  }

  @Test
  @Order(8)
  void aPoolIsAdded(Evidence evidence) {
    world.setting("nvidia_runtime_sysext_hash", "sha256-" + "0".repeat(64));
    world.record(text ->
        text
            + """
              - name: local
                profile: highio
                discount_strategy: none
                instance_types: [i3.xlarge]
                min_size: 1
                max_size: 2
                config_items: {}
              - name: maths
                profile: gpu
                discount_strategy: none
                instance_types: [g4dn.xlarge]
                min_size: 1
                max_size: 2
                config_items: {}
            """);
    assertThat(Told.by(world.deploy().succeeded()).changed())
        .containsExactly("e2e-pool-local", "e2e-pool-maths");
    resourcesEqualTemplates(world, evidence);
  }

  @Test
  @Order(9)
  void aPoolIsRemoved() {
    world.record(text -> text.substring(0, text.indexOf("  - name: local")));
    var removed = List.of("e2e-pool-local", "e2e-pool-maths");
    assertThat(Told.by(world.deploy("--plan").succeeded()).changed()).isEqualTo(removed);
    assertThat(Told.by(world.deploy().succeeded()).changed()).isEqualTo(removed);
    assertThat(removed).allMatch(name -> world.aws().clients().stack(name).isEmpty());
  }

  @Test
  @Order(10)
  void instancesOfAnOlderLaunchTemplateAreListed() {
    world.record(text -> text.replace("ami-0123456789abcdef0", "ami-0123456789abcdef1"));
    var told = Told.by(world.deploy().succeeded());
    assertThat(told.outdated())
        .contains(WORKERS + "a 1", WORKERS + "b 1", WORKERS + "c 1")
        .noneMatch(group -> group.startsWith("e2e-pool-spot"));
  }

  @Test
  @Order(11)
  void twoAtOnceChangeItOnce(Evidence evidence) {
    world.setting("coredns_memory", "2Gi");
    try (var one = world.begin("deploy");
        var other = world.begin("deploy")) {
      var first = one.await().succeeded();
      var second = other.await().succeeded();
      evidence.text("what the first told", first.err());
      evidence.text("what the second told", second.err());
      assertThat(Stream.of(first, second).flatMap(ended -> Told.by(ended).changed().stream()))
          .containsExactly("Deployment/kube-system/coredns");
      assertThat(first.err() + second.err()).contains("lease: Lease/kube-system/fairway-deploy");
    }
    assertThat(Told.by(world.deploy().succeeded()).isChanged()).isFalse();
  }

  /** As an older Fairway left it that was killed while it drained a pool which is wanted again. */
  @Test
  @Order(12)
  void aGroupThatWasEmptiedOutsideOfItsStackGetsItsSizesBack() {
    var group = WORKERS + "a";
    world
        .aws()
        .clients()
        .autoScaling()
        .updateAutoScalingGroup(request ->
            request.autoScalingGroupName(group).minSize(0).maxSize(0).desiredCapacity(0));
    Eventually.holds(
        "it is empty", Duration.ofSeconds(10), () -> group(group).instances().isEmpty());

    assertThat(Told.by(world.deploy().succeeded()).changed()).containsExactly(group);

    assertThat(group(group))
        .returns(1, AutoScalingGroup::minSize)
        .returns(2, AutoScalingGroup::maxSize)
        .returns(1, found -> found.instances().size());
    assertThat(Told.by(world.deploy().succeeded()).isChanged()).isFalse();
  }

  private AutoScalingGroup group(String name) {
    return world
        .aws()
        .clients()
        .autoScaling()
        .describeAutoScalingGroups(request -> request.autoScalingGroupNames(name))
        .autoScalingGroups()
        .getFirst();
  }

  @Test
  @Order(13)
  void driftIsWhatSomebodyChangedByHand(Evidence evidence) {
    var clean = world.begin("drift").await();
    assertThat(clean.code()).as(clean.out()).isZero();
    world
        .controlPlane()
        .admin()
        .apps()
        .deployments()
        .inNamespace("kube-system")
        .withName("coredns")
        .scale(1);
    world
        .aws()
        .clients()
        .s3()
        .putBucketVersioning(request ->
            request
                .bucket(BACKUPS)
                .versioningConfiguration(state -> state.status(BucketVersioningStatus.SUSPENDED)));
    world
        .aws()
        .clients()
        .cloudFormation()
        .setStackPolicy(
            request -> request.stackName("e2e-etcd").stackPolicyBody("{\"Statement\":[]}"));
    var drifted = world.begin("drift").await();
    assertThat(drifted.code()).isEqualTo(1);
    var messages = Told.by(drifted).messages("FW7003");
    evidence.text("what drift told", String.join("\n", messages));
    assertThat(messages)
        .hasSize(3)
        .anyMatch(text -> text.contains(BACKUPS) && text.contains("Suspended"))
        .anyMatch(text -> text.contains("Deployment/kube-system/coredns"))
        .anyMatch(text -> text.contains("e2e-etcd"));
  }

  /** Every property of every template, as the engine's own API has it. */
  static void resourcesEqualTemplates(World world, Evidence evidence) {
    var findings = ResourceComparison.of(world.assembly(), world.aws().clients());
    evidence
        .figure("properties compared with the engine's answers", findings.size())
        .figure("properties that the engine does not answer", Unanswered.of(findings).size());
    assertThat(Unanswered.wrong(findings)).isEmpty();
    assertThat(Unanswered.of(findings)).isSubsetOf(Unanswered.known().keySet());
    assertThat(findings).hasSizeGreaterThan(1000);
  }

  /** What the cluster itself tells of its last deploy. */
  private Map<String, String> record() {
    return world
        .controlPlane()
        .admin()
        .configMaps()
        .inNamespace("kube-system")
        .withName("fairway-deploy-record")
        .get()
        .getData();
  }

  private SortedMap<String, String> policies() {
    var policies = new TreeMap<String, String>();
    for (var stack : world.assembly().stackNames()) {
      var policy = world.aws().clients().cloudFormation().getStackPolicy(r -> r.stackName(stack));
      if (policy.stackPolicyBody() != null) {
        policies.put(stack, policy.stackPolicyBody());
      }
    }
    return policies;
  }

  private static SortedMap<String, String> wantedPolicies(Assembly assembly) {
    var policies = new TreeMap<String, String>();
    for (var stack : assembly.stacks()) {
      assembly
          .file("policies/" + stack.template() + ".json")
          .ifPresent(
              bytes -> policies.put(stack.stackName(), new String(bytes, StandardCharsets.UTF_8)));
    }
    return policies;
  }

  /** Of every object that a write would touch: the engine of CloudFormation and the API alike. */
  private SortedMap<String, String> versions() {
    var versions = new TreeMap<String, String>();
    for (var stack : world.assembly().stackNames()) {
      var state = world.aws().clients().stack(stack).orElseThrow();
      versions.put(stack, state.stackStatus() + " " + state.lastUpdatedTime());
    }
    for (var map :
        world.controlPlane().admin().configMaps().inNamespace("kube-system").list().getItems()) {
      versions.put(map.getMetadata().getName(), map.getMetadata().getResourceVersion());
    }
    return versions;
  }

  private static String seconds(Ended ended) {
    return "%.1f s".formatted(ended.took().toMillis() / 1000.0);
  }
}
