package dev.fairway.platform.component;

import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Choice;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a container asks for. */
public final class Resources {
  private static final String OF_CONTAINER = "/spec/template/spec/containers/0/resources";

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

  /**
   * For a program that needs more memory the larger its cluster is. A cluster can only raise it:
   * less than what we hold to be enough is an outage that waits for its day.
   */
  public static Symbol memorySetting(String key, String initial, String description) {
    return setting(key, initial, description);
  }

  /** Where that setting stands in a workload whose one container asks for its initial value. */
  public static List<Field> memoryFields(String kind, String name, Symbol memory) {
    return List.of(
        new Field(kind, name, OF_CONTAINER + "/requests/memory", memory),
        new Field(kind, name, OF_CONTAINER + "/limits/memory", memory));
  }

  /** For a program that has more to do the larger its cluster is; only raised, as memory is. */
  public static Symbol cpuSetting(String key, String initial, String description) {
    return setting(key, initial, description);
  }

  /** Where that setting stands in a workload whose one container asks for its initial value. */
  public static Field cpuField(String kind, String name, Symbol cpu) {
    return new Field(kind, name, OF_CONTAINER + "/requests/cpu", cpu);
  }

  private static Symbol setting(String key, String initial, String description) {
    var least = dev.fairway.model.Quantity.of(initial);
    var steps = Stream.of(1, 2, 4, 8, 16).map(factor -> least.times(factor).toString()).toList();
    return Symbol.setting(key, new Choice(steps), initial, description);
  }

  /**
   * The most that a cluster can set.
   *
   * @throws IllegalArgumentException if the setting is none of a choice of quantities
   */
  public static String most(Symbol setting) {
    if (!(setting.type() instanceof Choice choice)) {
      throw new IllegalArgumentException("not a choice: " + setting.name());
    }
    return choice.words().stream()
        .map(dev.fairway.model.Quantity::of)
        .max(Comparator.naturalOrder())
        .orElseThrow()
        .toString();
  }
}
