package dev.fairway.platform.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchResources;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every policy of admission is asked, whichever component brings it. */
class AdmissionPoliciesTest {
  private static final Set<String> WORKLOADS = Set.of("pods", "pods/resize", "jobs");

  /** A policy, and what it does when it can't be evaluated. */
  private record Policy(HasMetadata object, MatchResources matched, String whenBroken) {
    static Policy of(MutatingAdmissionPolicy policy) {
      var spec = policy.getSpec();
      return new Policy(policy, spec.getMatchConstraints(), spec.getFailurePolicy());
    }

    static Policy of(ValidatingAdmissionPolicy policy) {
      var spec = policy.getSpec();
      return new Policy(policy, spec.getMatchConstraints(), spec.getFailurePolicy());
    }

    boolean concernsWorkloads() {
      return matched.getResourceRules().stream()
          .flatMap(rule -> rule.getResources().stream())
          .anyMatch(WORKLOADS::contains);
    }

    boolean changes() {
      return object instanceof MutatingAdmissionPolicy;
    }
  }

  /** A control plane mends itself by pods of kube-system, and no policy may stand in its way. */
  @TestFactory
  Stream<DynamicTest> policiesForWorkloadsLeaveTheSystemAlone() {
    return policies(policy ->
        assertThat(policy.matched().getNamespaceSelector().getMatchExpressions())
            .anySatisfy(expression -> {
              assertThat(expression.getKey()).isEqualTo("kubernetes.io/metadata.name");
              assertThat(expression.getOperator()).isEqualTo("NotIn");
              assertThat(expression.getValues()).containsExactly("kube-system");
            }));
  }

  /** What can't be evaluated must not keep applications from starting, nor open a boundary. */
  @TestFactory
  Stream<DynamicTest> aBrokenPolicyChangesNothingAndAdmitsNothing() {
    return policies(
        policy -> assertThat(policy.whenBroken()).isEqualTo(policy.changes() ? "Ignore" : "Fail"));
  }

  /** Others change objects afterwards, such as an injector of sidecars. */
  @Test
  void whatChangesObjectsLooksAtThemAgain() {
    assertThat(all(MutatingAdmissionPolicy.class))
        .isNotEmpty()
        .allMatch(policy -> policy.getSpec().getReinvocationPolicy().equals("IfNeeded"));
  }

  @Test
  void eachIsInForce() {
    assertThat(names(MutatingAdmissionPolicy.class))
        .isEqualTo(
            all(MutatingAdmissionPolicyBinding.class)
                .map(it -> it.getSpec().getPolicyName())
                .toList());
    assertThat(names(ValidatingAdmissionPolicy.class))
        .isEqualTo(
            all(ValidatingAdmissionPolicyBinding.class)
                .map(it -> it.getSpec().getPolicyName())
                .toList());
  }

  private static Stream<DynamicTest> policies(Consumer<Policy> test) {
    return Stream.concat(
            all(MutatingAdmissionPolicy.class).map(Policy::of),
            all(ValidatingAdmissionPolicy.class).map(Policy::of))
        .filter(Policy::concernsWorkloads)
        .map(policy ->
            DynamicTest.dynamicTest(
                policy.object().getMetadata().getName(), () -> test.accept(policy)));
  }

  private static <T extends HasMetadata> List<String> names(Class<T> type) {
    return all(type).map(it -> it.getMetadata().getName()).toList();
  }

  private static <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return Program.components()
        .flatMap(component -> component.objects().stream())
        .filter(type::isInstance)
        .map(type::cast);
  }
}
