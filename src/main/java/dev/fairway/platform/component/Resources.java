package dev.fairway.platform.component;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;

/** What a container asks for. */
public final class Resources {
  private Resources() {}

  /**
   * CPU is requested and not limited: a throttled system pod fails its probes while the node's CPUs
   * idle. Memory is limited to what is requested, so that no pod lives on what others were
   * promised.
   */
  public static ResourceRequirements of(String cpu, String memory) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", Quantity.parse(cpu))
        .addToRequests("memory", Quantity.parse(memory))
        .addToLimits("memory", Quantity.parse(memory))
        .build();
  }
}
