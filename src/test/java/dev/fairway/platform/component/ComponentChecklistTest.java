package dev.fairway.platform.component;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Facts;
import dev.fairway.model.Image;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType;
import dev.fairway.model.SymbolValue;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every component of the catalogue is asked. It names none of them, so that adding one touches
 * its own file; what may be broken with a reason stands in {@link WrittenReasonsTest}.
 */
class ComponentChecklistTest {

  @TestFactory
  Stream<DynamicTest> memoryIsRequestedAndLimitedAlikeAndCpuIsNotLimited() {
    return programs(program ->
        assertThat(program.containers())
            .allSatisfy(container -> {
              var resources = container.getResources();
              assertThat(resources.getRequests()).containsKeys("cpu", "memory");
              assertThat(resources.getLimits()).containsKey("memory").doesNotContainKey("cpu");
              assertThat(resources.getLimits().get("memory"))
                  .isEqualTo(resources.getRequests().get("memory"));
            }));
  }

  @TestFactory
  Stream<DynamicTest> podsHaveAPriorityClassThatExists() {
    var classes = Arrays.stream(Priority.values()).map(Priority::className).toList();
    return programs(program -> assertThat(program.spec().getPriorityClassName()).isIn(classes));
  }

  @TestFactory
  Stream<DynamicTest> imagesAreThoseThatTheComponentNames() {
    return components(component -> {
      var used =
          Program.of(component)
              .flatMap(program -> program.containers().stream())
              .map(Container::getImage)
              .collect(toSet());
      var given = component.needs().stream().map(Symbol::token).toList();
      assertThat(used.stream().filter(image -> !given.contains(image)).collect(toSet()))
          .isEqualTo(component.images().stream().map(Image::toString).collect(toSet()));
    });
  }

  @TestFactory
  Stream<DynamicTest> podsHaveAnAccountOfTheirOwnAndATokenOnlyForWhatItIsBoundTo() {
    return programs(program -> {
      var account = program.spec().getServiceAccountName();
      assertThat(program.others(ServiceAccount.class))
          .filteredOn(it -> it.getMetadata().getName().equals(account))
          .allMatch(it -> !it.getAutomountServiceAccountToken())
          .hasSize(1);
      assertThat(program.spec().getAutomountServiceAccountToken())
          .isEqualTo(subjects(program).anyMatch(subject -> subject.getName().equals(account)));
    });
  }

  @TestFactory
  Stream<DynamicTest> whatIsReplicatedHasADisruptionBudget() {
    return programs(program ->
        assertThat(program.others(PodDisruptionBudget.class))
            .filteredOn(budget ->
                budget.getSpec().getSelector().getMatchLabels().entrySet().stream()
                    .allMatch(program.labels().entrySet()::contains))
            .hasSize(twins(program) > 1 ? 1 : 0));
  }

  /** The replicas of all that goes by the same name: two sets of one pod do each other's work. */
  private static int twins(Program program) {
    return Program.of(program.component())
        .filter(other ->
            Objects.equals(other.labels().get(Labels.NAME), program.labels().get(Labels.NAME)))
        .mapToInt(Program::replicas)
        .sum();
  }

  @TestFactory
  Stream<DynamicTest> aDaemonSetOfAllNodesToleratesEverything() {
    return programs(program -> {
      if (program.owner() instanceof DaemonSet
          && program.spec().getNodeSelector().isEmpty()
          && program.spec().getAffinity() == null) {
        assertThat(program.spec().getTolerations()).contains(Tolerations.EVERYTHING);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> selectorsHoldNothingThatCouldEverChange() {
    return programs(program ->
        assertThat(program.others(PodDisruptionBudget.class))
            .allSatisfy(budget ->
                assertThat(budget.getSpec().getSelector().getMatchLabels())
                    .containsOnlyKeys(Labels.NAME)));
  }

  @TestFactory
  Stream<DynamicTest> probesAskPortsThatTheContainerHas() {
    return programs(program ->
        assertThat(program.containers())
            .allSatisfy(container ->
                assertThat(
                        container.getPorts().stream().map(ContainerPort::getName).collect(toSet()))
                    .containsAll(probedPorts(container))));
  }

  @TestFactory
  Stream<DynamicTest> volumesNameConfigMapsThatExistAndMountsNameVolumes() {
    return programs(program -> {
      var configMaps =
          program.others(ConfigMap.class).stream().map(it -> it.getMetadata().getName()).toList();
      var volumes = program.volumes().stream().map(it -> it.getName()).toList();
      assertThat(program.volumes())
          .filteredOn(volume -> volume.getConfigMap() != null)
          .allMatch(volume -> configMaps.contains(volume.getConfigMap().getName()));
      assertThat(program.containers())
          .flatExtracting(Container::getVolumeMounts)
          .allMatch(mount -> volumes.contains(mount.getName()));
    });
  }

  @TestFactory
  Stream<DynamicTest> whatListensOnThePodNetworkSaysWhoMayConnect() {
    return programs(program -> {
      var ports =
          program.containers().stream().flatMap(it -> it.getPorts().stream()).collect(toSet());
      assertThat(policies(program))
          .hasSize(program.isOnHostNetwork() || ports.isEmpty() ? 0 : 1)
          .flatExtracting(policy -> policy.getSpec().getIngress())
          .flatExtracting(NetworkPolicyIngressRule::getPorts)
          .allMatch(allowed ->
              ports.stream()
                  .anyMatch(port ->
                      port.getName().equals(allowed.getPort().getStrVal())
                          && port.getProtocol().equals(allowed.getProtocol())));
    });
  }

  private static List<NetworkPolicy> policies(Program program) {
    return program.others(NetworkPolicy.class).stream()
        .filter(policy ->
            program
                .labels()
                .entrySet()
                .containsAll(policy.getSpec().getPodSelector().getMatchLabels().entrySet()))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> servicesLeadToPortsOfPods() {
    return components(component ->
        assertThat(component.objects())
            .filteredOn(Service.class::isInstance)
            .map(Service.class::cast)
            .allSatisfy(service -> assertThat(targets(service)).isSubsetOf(ports(component))));
  }

  /** Pods on the host's network have the node's role: kube2iam never sees what they ask. */
  @TestFactory
  Stream<DynamicTest> anIamRoleIsAssumedByPodsOnThePodNetwork() {
    return components(component -> {
      var assumed =
          Program.of(component)
              .filter(program -> !program.isOnHostNetwork())
              .map(program -> program.pod().getMetadata().getAnnotations())
              .filter(Objects::nonNull)
              .map(annotations -> annotations.get("iam.amazonaws.com/role"))
              .filter(Objects::nonNull)
              .collect(toSet());
      assertThat(assumed)
          .isEqualTo(component.role().map(role -> Set.of(role.arnToken())).orElse(Set.of()));
    });
  }

  @TestFactory
  Stream<DynamicTest> anIamRoleGivesAReasonForAWildcard() {
    return components(component ->
        assertThat(component.role().stream().flatMap(role -> role.statements().stream()))
            .allMatch(statement ->
                statement.wildcardReason().isPresent() != statement.wildcards().isEmpty()));
  }

  /** Of the catalogue: what stands in the documents shows less, and is never in a cluster. */
  @TestFactory
  Stream<DynamicTest> aClusterCanSwitchEachOff() {
    return Components.all().stream()
        .map(component ->
            DynamicTest.dynamicTest(
                component.name(),
                () ->
                    assertThat(component.enabledBy())
                        .hasValueSatisfying(on -> {
                          assertThat(on.type()).isInstanceOf(SymbolType.Bool.class);
                          assertThat(on.initial()).contains(new SymbolValue.Bool(true));
                          assertThat(on.key()).endsWith("_enabled");
                          assertThat(on.description()).startsWith("Whether ").contains("without");
                        })));
  }

  @TestFactory
  Stream<DynamicTest> symbolsAreFactsOrSettingsThatTheComponentNames() {
    return components(component -> {
      var known =
          Stream.of(
                  Facts.all(),
                  component.settings(),
                  component.needs(),
                  component.enabledBy().stream().toList())
              .flatMap(List::stream)
              .map(Symbol::name)
              .toList();
      var used =
          Stream.concat(
              Symbol.tokens(component.objects().toString()).results().map(it -> it.group(2)),
              component.fields().stream().map(field -> field.symbol().name()));
      assertThat(used).isSubsetOf(known);
    });
  }

  @TestFactory
  Stream<DynamicTest> fieldsStandInObjectsOfTheComponent() {
    return components(component ->
        assertThat(component.fields())
            .allSatisfy(field ->
                assertThat(component.objects())
                    .filteredOn(object -> object.getKind().equals(field.kind()))
                    .extracting(HasMetadata::getMetadata)
                    .extracting(ObjectMeta::getName)
                    .containsOnlyOnce(field.name())));
  }

  @TestFactory
  Stream<DynamicTest> whatAFleetMustGiveIsEmptyAtFirstAndBehindASwitch() {
    return components(component ->
        assertThat(component.needs())
            // The switch of another component that it needs has a value, as any switch.
            .filteredOn(need -> !(need.type() instanceof SymbolType.Bool))
            .allMatch(need -> need.initial().orElseThrow().inline().isEmpty())
            .allMatch(_ -> component.enabledBy().isPresent()));
  }

  @Test
  void namesAreUnique() {
    assertThat(Program.components()).extracting(Component::name).doesNotHaveDuplicates();
    assertThat(Program.components().flatMap(component -> component.objects().stream()))
        .extracting(object ->
            object.getKind()
                + " "
                + object.getMetadata().getNamespace()
                + " "
                + object.getMetadata().getName())
        .doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> objectsCarryTheLabelsOfAll() {
    return components(component ->
        assertThat(component.objects())
            .allSatisfy(object ->
                assertThat(object.getMetadata().getLabels())
                    .containsKey(Labels.NAME)
                    .containsEntry("app.kubernetes.io/managed-by", "fairway")));
  }

  private static Stream<DynamicTest> components(Consumer<Component> test) {
    return Program.components()
        .map(it -> DynamicTest.dynamicTest(it.name(), () -> test.accept(it)));
  }

  private static Stream<DynamicTest> programs(Consumer<Program> test) {
    return Program.components()
        .flatMap(Program::of)
        .map(it -> DynamicTest.dynamicTest(it.toString(), () -> test.accept(it)));
  }

  private static Stream<Subject> subjects(Program program) {
    return Stream.concat(
        program.others(ClusterRoleBinding.class).stream().flatMap(it -> it.getSubjects().stream()),
        program.others(RoleBinding.class).stream().flatMap(it -> it.getSubjects().stream()));
  }

  private static Set<String> probedPorts(Container container) {
    return Stream.of(
            container.getLivenessProbe(),
            container.getReadinessProbe(),
            container.getStartupProbe())
        .filter(Objects::nonNull)
        .map(Probe::getHttpGet)
        .filter(Objects::nonNull)
        .map(get -> get.getPort().getStrVal())
        .collect(toSet());
  }

  private static Set<String> targets(Service service) {
    return service.getSpec().getPorts().stream()
        .map(port -> port.getTargetPort().getStrVal())
        .collect(toSet());
  }

  private static Set<String> ports(Component component) {
    return Program.of(component)
        .flatMap(program -> program.containers().stream())
        .flatMap(container -> container.getPorts().stream())
        .map(ContainerPort::getName)
        .collect(toSet());
  }
}
