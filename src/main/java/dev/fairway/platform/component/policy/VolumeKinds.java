package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which kinds of volumes pods may have outside of the system. The baseline standard refuses folders
 * of the node only, and so lets a pod mount any file server that a node can reach.
 */
@AutoService(Component.class)
public final class VolumeKinds implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "volume_kinds_enabled",
          new Bool(),
          "true",
          "Whether pods are refused that have volumes of other kinds than the restricted Pod"
              + " Security Standard names; without it they may mount what baseline lets them");

  /** Those of the restricted standard, and EBS volumes by their id. */
  private static final List<String> ALLOWED =
      List.of(
          "awsElasticBlockStore",
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  @Override
  public String name() {
    return "volume-kinds";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(policy(), binding());
  }

  /**
   * What can't be judged is refused, unlike with the policies that change something: this is a
   * boundary. The system's own pods are beyond it in any case.
   */
  private ValidatingAdmissionPolicy policy() {
    return new ValidatingAdmissionPolicyBuilder()
        .withMetadata(Admission.metadata(name(), name()))
        .withNewSpec()
        .withFailurePolicy("Fail")
        .withNewMatchConstraints()
        .withNamespaceSelector(Admission.ofUnprivileged())
        .withResourceRules(Admission.newPods())
        .endMatchConstraints()
        .addNewVariable(
            "object.spec.?volumes.orValue([]).filter(v, !(" + isAllowed() + "))", "others")
        .addNewValidation()
        .withExpression("variables.others.size() == 0")
        .withMessageExpression(
            "'these volumes are of a kind that is not for applications: '"
                + " + variables.others.map(v, v.name).join(', ')"
                + " + '; allowed are "
                + String.join(", ", ALLOWED)
                + "'")
        .withReason("Forbidden")
        .endValidation()
        .endSpec()
        .build();
  }

  private static String isAllowed() {
    return ALLOWED.stream().map("has(v.%s)"::formatted).collect(Collectors.joining(" || "));
  }

  private ValidatingAdmissionPolicyBinding binding() {
    return new ValidatingAdmissionPolicyBindingBuilder()
        .withMetadata(Admission.metadata(name(), name()))
        .withNewSpec()
        .withPolicyName(Admission.metadata(name(), name()).getName())
        .withValidationActions("Deny")
        .endSpec()
        .build();
  }
}
