package dev.fairway.platform.component;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Text;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;

/** What a container asks for. */
public final class Resources {
  private static final Text MEMORY =
      new Text("[1-9][0-9]{0,5}(Mi|Gi)", "an amount of memory such as 512Mi");

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

  /** For a program that needs more memory the larger its cluster is. */
  public static Symbol memorySetting(String key, String initial, String description) {
    return Symbol.setting(key, MEMORY, initial, description);
  }

  /** Where that setting stands in a workload whose one container asks for its initial value. */
  public static List<Field> memoryFields(String kind, String name, Symbol memory) {
    var resources = "/spec/template/spec/containers/0/resources";
    return List.of(
        new Field(kind, name, resources + "/requests/memory", memory),
        new Field(kind, name, resources + "/limits/memory", memory));
  }
}
