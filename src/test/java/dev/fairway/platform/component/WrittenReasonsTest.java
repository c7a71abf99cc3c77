package dev.fairway.platform.component;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A component breaks a rule with a written reason, and gives a reason only where it breaks a rule:
 * one that nothing needs any more hides the next mistake.
 */
class WrittenReasonsTest {

  @TestFactory
  Stream<DynamicTest> aProgramGivesTheReasonsThatItNeeds() {
    return Program.components()
        .flatMap(Program::of)
        .map(program ->
            DynamicTest.dynamicTest(
                program.toString(),
                () -> assertThat(given(program.owner())).isEqualTo(needed(program))));
  }

  @TestFactory
  Stream<DynamicTest> aRoleGivesAReasonForAWildcard() {
    return Program.components()
        .flatMap(component -> component.objects().stream())
        .filter(object -> object instanceof ClusterRole || object instanceof Role)
        .map(role ->
            DynamicTest.dynamicTest(
                role.getKind() + " " + role.getMetadata().getName(),
                () ->
                    assertThat(given(role))
                        .isEqualTo(
                            hasWildcard(role)
                                ? EnumSet.of(Reason.RBAC_WILDCARD)
                                : EnumSet.noneOf(Reason.class))));
  }

  @TestFactory
  Stream<DynamicTest> aCalledServiceGivesAReasonForACertificateThatNobodyChecks() {
    return Program.components()
        .flatMap(component -> component.objects().stream())
        .filter(APIService.class::isInstance)
        .map(APIService.class::cast)
        .map(service ->
            DynamicTest.dynamicTest(
                service.getMetadata().getName(),
                () ->
                    assertThat(given(service))
                        .isEqualTo(
                            is(service.getSpec().getInsecureSkipTLSVerify())
                                ? EnumSet.of(Reason.INSECURE_TLS)
                                : EnumSet.noneOf(Reason.class))));
  }

  /** The reasons in the annotations, each a sentence. */
  private static Set<Reason> given(HasMetadata object) {
    var annotations = Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
    assertThat(annotations.keySet().stream().filter(key -> key.startsWith("fairway.dev/reason-")))
        .isSubsetOf(Arrays.stream(Reason.values()).map(Reason::annotation).toList());
    return Arrays.stream(Reason.values())
        .filter(reason -> annotations.getOrDefault(reason.annotation(), "").contains(" "))
        .collect(toCollection(() -> EnumSet.noneOf(Reason.class)));
  }

  private static Set<Reason> needed(Program program) {
    return Arrays.stream(Reason.values())
        .filter(reason -> isBrokenBy(program, reason))
        .collect(toCollection(() -> EnumSet.noneOf(Reason.class)));
  }

  private static boolean isBrokenBy(Program program, Reason rule) {
    return switch (rule) {
      case ROOT -> any(program, WrittenReasonsTest::isRoot);
      case WRITABLE_ROOT -> any(program, context -> !is(context.getReadOnlyRootFilesystem()));
      case CAPABILITIES -> any(program, WrittenReasonsTest::hasCapabilities);
      case PRIVILEGED -> any(program, WrittenReasonsTest::isPrivileged);
      case HOST_NETWORK -> program.isOnHostNetwork();
      case HOST_PATH -> program.volumes().stream().anyMatch(it -> it.getHostPath() != null);
      case SECCOMP ->
          !program
              .spec()
              .getSecurityContext()
              .getSeccompProfile()
              .getType()
              .equals("RuntimeDefault");
      case PROBES ->
          !program.ends() && program.spec().getContainers().stream().anyMatch(it -> !isProbed(it));
      case SINGLE_REPLICA -> program.replicas() == 1;
      case ZONES -> program.replicas() > 1 && !isSpreadOverZones(program);
      // Of other objects than programs.
      case RBAC_WILDCARD, INSECURE_TLS -> false;
    };
  }

  private static boolean any(Program program, Predicate<SecurityContext> test) {
    return program.containers().stream().map(Container::getSecurityContext).anyMatch(test);
  }

  private static boolean isRoot(SecurityContext context) {
    return !is(context.getRunAsNonRoot()) || context.getRunAsUser() == 0;
  }

  /** A privileged container has all of them, and says so by that word. */
  private static boolean hasCapabilities(SecurityContext context) {
    return !is(context.getPrivileged())
        && (!context.getCapabilities().getDrop().equals(List.of("ALL"))
            || !context.getCapabilities().getAdd().isEmpty());
  }

  private static boolean isPrivileged(SecurityContext context) {
    return is(context.getPrivileged())
        || !Boolean.FALSE.equals(context.getAllowPrivilegeEscalation());
  }

  private static boolean isProbed(Container container) {
    return container.getLivenessProbe() != null && container.getReadinessProbe() != null;
  }

  private static boolean isSpreadOverZones(Program program) {
    return program.spec().getTopologySpreadConstraints().stream()
        .anyMatch(constraint ->
            constraint.getTopologyKey().equals("topology.kubernetes.io/zone")
                && constraint.getWhenUnsatisfiable().equals("DoNotSchedule"));
  }

  private static boolean hasWildcard(HasMetadata object) {
    var rules =
        switch (object) {
          case ClusterRole role -> role.getRules();
          case Role role -> role.getRules();
          default -> List.<PolicyRule>of();
        };
    return rules.stream()
        .flatMap(rule -> Stream.of(rule.getApiGroups(), rule.getResources(), rule.getVerbs()))
        .flatMap(List::stream)
        .anyMatch(word -> word.contains("*"));
  }

  private static boolean is(@Nullable Boolean truth) {
    return Boolean.TRUE.equals(truth);
  }
}
