package dev.fairway.platform.component.base;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Labels;
import dev.fairway.platform.component.Priority;
import dev.fairway.platform.component.Switch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.util.List;
import java.util.Optional;

/**
 * The priority classes that Kubernetes does not have built in. Their values never change: the API
 * server refuses it, and a class that is deleted and made anew leaves pods with the old value.
 *
 * <p>Beside them stands who may use which: Kubernetes itself lets any pod be critical for the
 * system, and so take the place of the system's own.
 */
@AutoService(Component.class)
public final class PriorityClasses implements Component {
  private static final Symbol ENABLED =
      Switch.of(
          "priority-classes",
          "Whether Fairway brings its priority classes; without them bring classes of these names,"
              + " or most pods of the system are refused");

  /** The highest that Kubernetes leaves to others than itself. */
  private static final int HIGHEST = 1_000_000_000;

  /** The lowest for which the cluster autoscaler still makes nodes; below, it lets pods wait. */
  private static final int LOWEST_WITH_NODES = -10;

  private static final String POLICY = "fairway-priority-classes";
  private static final String KUBE_SYSTEM = "kube-system";

  @Override
  public String name() {
    return "priority-classes";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(controller(), overprovisioning(), policy(), binding());
  }

  private PriorityClass controller() {
    return priorityClass(
        Priority.CONTROLLER,
        HIGHEST,
        "Controllers of the platform: they go before applications, and evict none");
  }

  private PriorityClass overprovisioning() {
    return priorityClass(
        Priority.OVERPROVISIONING,
        LOWEST_WITH_NODES,
        "Pods that hold room free: any other pod takes their place");
  }

  /** Judges pods when they are made: the class of a pod can't be changed afterwards. */
  private ValidatingAdmissionPolicy policy() {
    var system = Priority.CONTROLLER.className();
    return new ValidatingAdmissionPolicyBuilder()
        .withMetadata(policyMetadata())
        .withNewSpec()
        .withFailurePolicy("Fail")
        .withNewMatchConstraints()
        .withNamespaceSelector(outsideOfTheSystem())
        .addNewResourceRule()
        .withApiGroups("")
        .withApiVersions("v1")
        .withOperations("CREATE")
        .withResources("pods")
        .endResourceRule()
        .endMatchConstraints()
        .addNewValidation()
        .withExpression(
            "!has(object.spec.priorityClassName)"
                + " || !(object.spec.priorityClassName.startsWith('system-')"
                + " || object.spec.priorityClassName == '"
                + system
                + "')")
        .withMessage(
            "priority classes system-* and "
                + system
                + " are for pods of the platform, in namespace "
                + KUBE_SYSTEM)
        .withReason("Forbidden")
        .endValidation()
        .endSpec()
        .build();
  }

  private ValidatingAdmissionPolicyBinding binding() {
    return new ValidatingAdmissionPolicyBindingBuilder()
        .withMetadata(policyMetadata())
        .withNewSpec()
        .withPolicyName(POLICY)
        .withValidationActions("Deny")
        .endSpec()
        .build();
  }

  private ObjectMeta policyMetadata() {
    return new ObjectMetaBuilder().withName(POLICY).withLabels(Labels.of(name())).build();
  }

  private static LabelSelector outsideOfTheSystem() {
    return new LabelSelectorBuilder()
        .addNewMatchExpression()
        .withKey("kubernetes.io/metadata.name")
        .withOperator("NotIn")
        .withValues(KUBE_SYSTEM)
        .endMatchExpression()
        .build();
  }

  private PriorityClass priorityClass(Priority priority, int value, String description) {
    return new PriorityClassBuilder()
        .withNewMetadata()
        .withName(priority.className())
        .withLabels(Labels.of(name()))
        .endMetadata()
        .withValue(value)
        .withPreemptionPolicy("Never")
        .withDescription(description)
        .build();
  }
}
