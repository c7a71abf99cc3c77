package dev.fairway.platform.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Role;
import dev.fairway.model.Statement;
import dev.fairway.model.Statement.Effect;
import dev.fairway.model.Taint;
import dev.fairway.model.Value;
import dev.fairway.platform.component.autoscaling.ClusterAutoscaler;
import dev.fairway.platform.component.cloud.AwsCloudControllerManager;
import dev.fairway.platform.component.metrics.MetricsServer;
import dev.fairway.platform.component.storage.EbsCsiDriver;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the controllers of nodes and volumes may do, and whom they trust. */
class ControllersTest {
  private static final List<Component> CONTROLLERS =
      List.of(new ClusterAutoscaler(), new EbsCsiDriver());

  private static final String DRIVERS_OWN_TAG = "ebs.csi.aws.com/cluster";

  @Test
  void noWorkerCanAssumeTheirRoles() {
    assertThat(CONTROLLERS)
        .extracting(component -> component.role().orElseThrow().trust())
        .containsOnly(Role.Trust.MASTER_PODS);
  }

  @Test
  void theyRunWhereTheirRolesAreTrusted() {
    assertThat(CONTROLLERS.stream().flatMap(Program::of))
        .filteredOn(program -> program.replicas() > 0)
        .hasSameSizeAs(CONTROLLERS)
        .allSatisfy(program -> {
          assertThat(program.spec().getNodeSelector()).isEqualTo(NodeSelectors.MASTERS);
          assertThat(program.spec().getTolerations()).contains(Tolerations.CONTROL_PLANE);
        });
  }

  @Test
  void whatTheyChangeInAwsIsTheClustersOwn() {
    assertThat(CONTROLLERS.stream().flatMap(it -> it.role().orElseThrow().statements().stream()))
        .filteredOn(ControllersTest::changes)
        .isNotEmpty()
        .allSatisfy(statement -> {
          assertThat(statement.conditions()).isNotEmpty();
          assertThat(statement.resources()).doesNotContain(Value.of("*"));
          assertThat(statement.actions()).noneMatch(action -> action.contains("*"));
        });
  }

  /** Where people and masters look for the API and for etcd. */
  @Test
  void whoeverWritesRecordsLeavesTheClustersOwnAlone() {
    var change = "route53:ChangeResourceRecordSets";
    assertThat(Components.all().stream().flatMap(it -> it.role().stream()))
        .filteredOn(role -> statements(role, Effect.ALLOW, change).findAny().isPresent())
        .isNotEmpty()
        .allSatisfy(role ->
            assertThat(statements(role, Effect.DENY, change))
                .singleElement()
                .satisfies(deny -> {
                  assertThat(deny.resources())
                      .containsAll(
                          statements(role, Effect.ALLOW, change)
                              .flatMap(allow -> allow.resources().stream())
                              .toList());
                  assertThat(deny.conditions().values())
                      .singleElement()
                      .isEqualTo(
                          Map.of(
                              change + "NormalizedRecordNames",
                              List.of(
                                  Value.of(Facts.API_HOST),
                                  Value.of(Facts.ETCD_DOMAIN),
                                  Value.join("*.", Facts.ETCD_DOMAIN))));
                }));
  }

  private static Stream<Statement> statements(Role role, Effect effect, String action) {
    return role.statements().stream()
        .filter(it -> it.effect() == effect && it.actions().contains(action));
  }

  /** The tag by which volumes are told apart is useless unless the driver sets it. */
  @Test
  void volumesGetTheTagThatTheirRoleAsksFor() {
    var tags =
        new EbsCsiDriver()
            .role().orElseThrow().statements().stream()
                .flatMap(statement -> statement.conditions().values().stream())
                .flatMap(keys -> keys.keySet().stream())
                .filter(key -> key.startsWith("aws:"))
                .map(key -> key.substring(key.indexOf('/') + 1))
                .filter(key -> !key.equals(DRIVERS_OWN_TAG))
                .distinct()
                .toList();
    assertThat(tags).hasSize(1);
    assertThat(arguments(new EbsCsiDriver()))
        .anyMatch(argument -> argument.startsWith("--extra-tags=" + tags.getFirst() + "="));
  }

  /** Everything of the cluster has the cluster's tag, and etcd's volumes are of the cluster. */
  @Test
  void theDriverTouchesVolumesThatItMadeAlone() {
    assertThat(new EbsCsiDriver().role().orElseThrow().statements())
        .filteredOn(statement -> statement.actions().contains("ec2:DeleteVolume"))
        .singleElement()
        .satisfies(statement ->
            assertThat(statement.conditions().get("StringEquals"))
                .containsEntry("aws:ResourceTag/" + DRIVERS_OWN_TAG, List.of(Value.of("true"))));
  }

  @Test
  void aVolumeIsEncryptedAndMadeWhereItsPodRuns() {
    assertThat(new EbsCsiDriver().objects())
        .filteredOn(StorageClass.class::isInstance)
        .map(StorageClass.class::cast)
        .singleElement()
        .satisfies(storage -> {
          assertThat(storage.getParameters()).containsEntry("encrypted", "true");
          assertThat(storage.getVolumeBindingMode()).isEqualTo("WaitForFirstConsumer");
          assertThat(storage.getMetadata().getAnnotations())
              .containsEntry("storageclass.kubernetes.io/is-default-class", "true");
        });
  }

  @Test
  void theAutoscalerWaitsForNodesThatStart() {
    assertThat(arguments(new ClusterAutoscaler()))
        .contains("--startup-taint=" + Taint.STARTUP.key());
  }

  @Test
  void theCloudControllerManagerMakesNoTokens() {
    var manager = new AwsCloudControllerManager();
    assertThat(arguments(manager)).contains("--use-service-account-credentials=false");
    assertThat(manager.objects())
        .filteredOn(ClusterRole.class::isInstance)
        .flatExtracting(role -> ((ClusterRole) role).getRules())
        .flatExtracting(rule -> rule.getResources())
        .noneMatch(resource -> resource.startsWith("serviceaccounts"));
  }

  @Test
  void theMetricsServerVerifiesKubelets() {
    assertThat(arguments(new MetricsServer()))
        .noneMatch(argument -> argument.contains("insecure"))
        .anyMatch(argument -> argument.startsWith("--kubelet-certificate-authority="));
  }

  private static boolean changes(Statement statement) {
    return !statement.actions().stream()
        .allMatch(action -> action.contains(":Describe") || action.contains(":Get"));
  }

  private static List<String> arguments(Component component) {
    return Program.of(component)
        .flatMap(program -> program.containers().stream())
        .map(Container::getArgs)
        .flatMap(List::stream)
        .toList();
  }
}
