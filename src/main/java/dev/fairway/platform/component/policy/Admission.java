package dev.fairway.platform.component.policy;

import dev.fairway.platform.component.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicySpec;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicySpecBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Mutation;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperationsBuilder;
import java.util.List;
import java.util.stream.Stream;

/** What policies of admission have in common: whom they concern, and what a broken one does. */
final class Admission {
  static final String KUBE_SYSTEM = "kube-system";

  /** The label of a namespace whose workloads are left as they are: {@code off}. */
  private static final String SWITCH = "fairway.dev/workload-policy";

  private static final String STANDARD = "pod-security.kubernetes.io/enforce";

  private Admission() {}

  /**
   * The beginning of a policy that changes objects of applications.
   *
   * <p>One that can't be evaluated is passed over: an application that starts with less comfort is
   * better than one that does not start while a node is being replaced. And what others change
   * afterwards, such as an injector of sidecars or a LimitRange, is changed again; so each policy
   * finds nothing to do in what it has done.
   */
  static MutatingAdmissionPolicySpecBuilder mutating(
      LabelSelector namespaces, NamedRuleWithOperations... rules) {
    return new MutatingAdmissionPolicySpecBuilder()
        .withFailurePolicy("Ignore")
        .withReinvocationPolicy("IfNeeded")
        .withNewMatchConstraints()
        .withNamespaceSelector(namespaces)
        .withResourceRules(rules)
        .endMatchConstraints();
  }

  /** The policy, and that it is in force. */
  static List<HasMetadata> objects(
      String component, String name, MutatingAdmissionPolicySpec spec) {
    var metadata = metadata(component, name);
    return List.of(
        new MutatingAdmissionPolicyBuilder().withMetadata(metadata).withSpec(spec).build(),
        new MutatingAdmissionPolicyBindingBuilder()
            .withMetadata(metadata)
            .withNewSpec()
            .withPolicyName(metadata.getName())
            .endSpec()
            .build());
  }

  static ObjectMeta metadata(String component, String name) {
    return new ObjectMetaBuilder()
        .withName("fairway-" + name)
        .withLabels(Labels.of(component))
        .build();
  }

  /** All namespaces but the system's, and those that want to be left alone. */
  static LabelSelector ofApplications() {
    return selector(outsideOfTheSystem(), requirement(SWITCH, "NotIn", "off"));
  }

  /** Those of them that hold their pods to the restricted standard. */
  static LabelSelector ofRestricted() {
    return selector(
        outsideOfTheSystem(),
        requirement(SWITCH, "NotIn", "off"),
        requirement(STANDARD, "In", "restricted"));
  }

  /** All namespaces but the system's, and those where pods may do what they like. */
  static LabelSelector ofUnprivileged() {
    return selector(outsideOfTheSystem(), requirement(STANDARD, "NotIn", "privileged"));
  }

  /** By the label that the API server itself keeps: nobody can take it from a namespace. */
  private static LabelSelectorRequirement outsideOfTheSystem() {
    return requirement("kubernetes.io/metadata.name", "NotIn", KUBE_SYSTEM);
  }

  private static LabelSelector selector(LabelSelectorRequirement... requirements) {
    return new LabelSelectorBuilder().withMatchExpressions(requirements).build();
  }

  private static LabelSelectorRequirement requirement(String key, String operator, String value) {
    return new LabelSelectorRequirementBuilder()
        .withKey(key)
        .withOperator(operator)
        .withValues(value)
        .build();
  }

  /** New pods alone: hardly anything of a pod can be changed once it is there. */
  static NamedRuleWithOperations newPods() {
    return requests("CREATE", "", "pods");
  }

  static NamedRuleWithOperations requests(String operation, String group, String resource) {
    return new NamedRuleWithOperationsBuilder()
        .withApiGroups(group)
        .withApiVersions("v1")
        .withOperations(operation)
        .withResources(resource)
        .build();
  }

  /** A change by an expression that gives the fields to set. It can't remove any. */
  static Mutation merge(String... expression) {
    return new MutationBuilder()
        .withPatchType("ApplyConfiguration")
        .withNewApplyConfiguration(oneLine(expression))
        .build();
  }

  /** A change by expressions that give lists of operations of RFC 6902. */
  static Mutation patch(String... lists) {
    return new MutationBuilder()
        .withPatchType("JSONPatch")
        .withNewJsonPatch(String.join(" + ", Stream.of(lists).map(Admission::oneLine).toList()))
        .build();
  }

  private static String oneLine(String... expression) {
    return String.join(" ", expression).replaceAll("\\s+", " ").strip();
  }
}
