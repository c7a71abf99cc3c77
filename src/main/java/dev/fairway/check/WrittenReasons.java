package dev.fairway.check;

import dev.fairway.platform.Platform;
import dev.fairway.platform.component.Reason;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of the workload policy that an object may break, if its annotations say why. */
final class WrittenReasons {
  private static final Set<Reason> OF_OTHERS =
      EnumSet.of(Reason.RBAC_WILDCARD, Reason.INSECURE_TLS);

  private WrittenReasons() {}

  static Stream<Finding> check(Platform platform) {
    var programs =
        Pods.of(platform).stream()
            .flatMap(pods -> compare(new Named<>(pods.part(), pods.owner()), needed(pods)));
    var others =
        Named.all(platform)
            .filter(object -> isJudged(object.object()))
            .flatMap(object -> compare(object, needed(object.object())));
    return Stream.concat(programs, others);
  }

  private static Stream<Finding> compare(Named<HasMetadata> object, Set<Reason> needed) {
    return Arrays.stream(Reason.values())
        .filter(reason -> needed.contains(reason) != isGiven(object, reason))
        .map(reason -> finding(object, reason, needed.contains(reason)));
  }

  /** A sentence has more than one word. */
  private static boolean isGiven(Named<HasMetadata> object, Reason reason) {
    return object.annotations().getOrDefault(reason.annotation(), "").contains(" ");
  }

  private static Finding finding(Named<HasMetadata> object, Reason reason, boolean needed) {
    var origin = Origin.of(object.part(), reason.name(), object.name());
    return needed
        ? Finding.at(
            origin,
            "%s breaks %s and does not say why".formatted(object, reason),
            "mend it, or write why by because(Reason.%s, ...): the annotation %s"
                .formatted(reason, reason.annotation()))
        : Finding.at(
            origin,
            "%s gives a reason for %s, which it does not break".formatted(object, reason),
            "take away the annotation " + reason.annotation());
  }

  private static Set<Reason> needed(Pods pods) {
    return Arrays.stream(Reason.values())
        .filter(reason -> isBrokenBy(pods, reason))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));
  }

  private static boolean isBrokenBy(Pods pods, Reason reason) {
    return switch (reason) {
      case ROOT -> any(pods, WrittenReasons::isRoot);
      case WRITABLE_ROOT -> any(pods, context -> !is(context.getReadOnlyRootFilesystem()));
      case CAPABILITIES -> any(pods, WrittenReasons::hasCapabilities);
      case PRIVILEGED -> any(pods, WrittenReasons::isPrivileged);
      case HOST_NETWORK -> pods.isOnHostNetwork();
      case HOST_PATH -> pods.spec().getVolumes().stream().anyMatch(it -> it.getHostPath() != null);
      case SECCOMP -> !isConfined(pods);
      case PROBES ->
          !pods.ends() && pods.spec().getContainers().stream().anyMatch(it -> !isProbed(it));
      case SINGLE_REPLICA -> pods.replicas() == 1;
      case ZONES -> pods.replicas() > 1 && !isSpreadOverZones(pods);
      case RBAC_WILDCARD, INSECURE_TLS -> false;
    };
  }

  private static boolean any(Pods pods, Predicate<SecurityContext> test) {
    return pods.containers().stream()
        .map(it -> Optional.ofNullable(it.getSecurityContext()).orElseGet(SecurityContext::new))
        .anyMatch(test);
  }

  private static boolean isRoot(SecurityContext context) {
    return !is(context.getRunAsNonRoot()) || Long.valueOf(0).equals(context.getRunAsUser());
  }

  /** A privileged container has all of them, and says so by that word. */
  private static boolean hasCapabilities(SecurityContext context) {
    var capabilities = Optional.ofNullable(context.getCapabilities()).orElseGet(Capabilities::new);
    return !is(context.getPrivileged())
        && (!capabilities.getDrop().equals(List.of("ALL")) || !capabilities.getAdd().isEmpty());
  }

  private static boolean isPrivileged(SecurityContext context) {
    return is(context.getPrivileged())
        || !Boolean.FALSE.equals(context.getAllowPrivilegeEscalation());
  }

  private static boolean isConfined(Pods pods) {
    return Optional.ofNullable(pods.spec().getSecurityContext())
        .map(PodSecurityContext::getSeccompProfile)
        .map(SeccompProfile::getType)
        .filter("RuntimeDefault"::equals)
        .isPresent();
  }

  private static boolean isProbed(Container container) {
    return container.getLivenessProbe() != null && container.getReadinessProbe() != null;
  }

  private static boolean isSpreadOverZones(Pods pods) {
    return pods.spec().getTopologySpreadConstraints().stream()
        .anyMatch(constraint ->
            "topology.kubernetes.io/zone".equals(constraint.getTopologyKey())
                && "DoNotSchedule".equals(constraint.getWhenUnsatisfiable()));
  }

  private static boolean isJudged(HasMetadata object) {
    return object instanceof ClusterRole || object instanceof Role || object instanceof APIService;
  }

  private static Set<Reason> needed(HasMetadata object) {
    return OF_OTHERS.stream()
        .filter(reason -> isBrokenBy(object, reason))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));
  }

  private static boolean isBrokenBy(HasMetadata object, Reason reason) {
    return switch (object) {
      case ClusterRole role -> reason == Reason.RBAC_WILDCARD && hasWildcard(role.getRules());
      case Role role -> reason == Reason.RBAC_WILDCARD && hasWildcard(role.getRules());
      case APIService service ->
          reason == Reason.INSECURE_TLS && is(service.getSpec().getInsecureSkipTLSVerify());
      default -> false;
    };
  }

  private static boolean hasWildcard(List<PolicyRule> rules) {
    return rules.stream()
        .flatMap(rule -> Stream.of(rule.getApiGroups(), rule.getResources(), rule.getVerbs()))
        .flatMap(List::stream)
        .anyMatch(word -> word.contains("*"));
  }

  private static boolean is(@Nullable Boolean truth) {
    return Boolean.TRUE.equals(truth);
  }
}
