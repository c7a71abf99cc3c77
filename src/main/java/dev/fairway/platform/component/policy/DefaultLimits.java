package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.model.SymbolType.Text;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.LimitRangeItemBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;

/** What a container of the namespace {@code default} gets when it says nothing of resources. */
@AutoService(Component.class)
public final class DefaultLimits implements Component {
  static final Text CPU = new Text("[1-9][0-9]{0,5}m?", "an amount of CPU such as 3 or 500m");

  private static final Text MEMORY =
      new Text("[1-9][0-9]{0,5}(Mi|Gi)", "an amount of memory such as 512Mi or 64Gi");

  private static final Symbol ENABLED =
      Symbol.setting(
          "default_limits_enabled",
          new Bool(),
          "true",
          "Whether containers in the namespace default get requests, and a memory limit; without it"
              + " one of them may take all of a node's");

  static final Symbol CPU_REQUEST =
      Symbol.setting(
          "container_cpu_request",
          CPU,
          "100m",
          "The CPU request of a container in the namespace default that has none");

  private static final Symbol MEMORY_MAX =
      Symbol.setting(
          "container_memory_max",
          MEMORY,
          "64Gi",
          "The highest memory limit of a container in the namespace default");

  private static final Symbol MEMORY_REQUEST =
      Symbol.setting(
          "container_memory_request",
          MEMORY,
          "100Mi",
          "The memory request of a container in the namespace default that has none; while"
              + " container_resources_enabled is true it becomes the limit, and this has no"
              + " effect");

  private static final Symbol MEMORY_LIMIT =
      Symbol.setting(
          "container_memory_limit",
          MEMORY,
          "1Gi",
          "The memory limit of a container in the namespace default that has none");

  @Override
  public String name() {
    return "default-limits";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(CPU_REQUEST, MEMORY_MAX, MEMORY_REQUEST, MEMORY_LIMIT);
  }

  @Override
  public List<HasMetadata> objects() {
    return List.of(
        limitRange(
            name(),
            new LimitRangeItemBuilder()
                .withType("Container")
                .addToMax("memory", amount(MEMORY_MAX))
                .addToDefault("memory", amount(MEMORY_LIMIT))
                .addToDefaultRequest("memory", amount(MEMORY_REQUEST))
                .addToDefaultRequest("cpu", amount(CPU_REQUEST))
                .build()));
  }

  static LimitRange limitRange(String component, LimitRangeItem ofContainers) {
    return new LimitRangeBuilder()
        .withNewMetadata()
        .withName(component)
        .withNamespace("default")
        .withLabels(Labels.of(component))
        .endMetadata()
        .withNewSpec()
        .withLimits(ofContainers)
        .endSpec()
        .build();
  }

  /** As it is before a cluster has a say. */
  static Quantity amount(Symbol symbol) {
    return new Quantity(symbol.initial().orElseThrow().inline());
  }

  /**
   * Where the symbol stands.
   *
   * @param use {@code max}, {@code default} or {@code defaultRequest}
   */
  static Field field(String component, String use, String resource, Symbol symbol) {
    return new Field("LimitRange", component, "/spec/limits/0/" + use + "/" + resource, symbol);
  }

  @Override
  public List<Field> fields() {
    return List.of(
        field(name(), "max", "memory", MEMORY_MAX),
        field(name(), "default", "memory", MEMORY_LIMIT),
        field(name(), "defaultRequest", "memory", MEMORY_REQUEST),
        field(name(), "defaultRequest", "cpu", CPU_REQUEST));
  }
}
