package dev.fairway.platform.component.base;

import com.google.auto.service.AutoService;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Labels;
import dev.fairway.platform.component.Priority;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.util.List;

/**
 * The priority classes that Kubernetes does not have built in. Their values never change: the API
 * server refuses it, and a class that is deleted and made anew leaves pods with the old value.
 */
@AutoService(Component.class)
public final class PriorityClasses implements Component {
  /** The highest that Kubernetes leaves to others than itself. */
  private static final int HIGHEST = 1_000_000_000;

  /** The lowest for which the cluster autoscaler still makes nodes; below, it lets pods wait. */
  private static final int LOWEST_WITH_NODES = -10;

  @Override
  public String name() {
    return "priority-classes";
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(controller(), overprovisioning());
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
