package dev.fairway.platform.component.policy;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Field;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRangeItemBuilder;
import java.util.List;
import java.util.Optional;

/**
 * The LimitRange of CPU in the namespace {@code default}. It stands apart from {@link
 * DefaultLimits}: a LimitRange with a maximum refuses every container without a limit, so where CPU
 * is not limited it has to go as a whole.
 */
@AutoService(Component.class)
public final class CpuLimits implements Component {
  static final Symbol ENABLED =
      Symbol.setting(
          "cpu_limits_enabled",
          new Bool(),
          "true",
          "Whether CPU is limited; without it containers get no CPU limit by default, and those"
              + " that applications give are removed");

  private static final Symbol MAX =
      Symbol.setting(
          "container_cpu_max",
          DefaultLimits.CPU,
          "16",
          "The highest CPU limit of a container in the namespace default");

  private static final Symbol LIMIT =
      Symbol.setting(
          "container_cpu_limit",
          DefaultLimits.CPU,
          "3",
          "The CPU limit of a container in the namespace default that has none");

  @Override
  public String name() {
    return "cpu-limits";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> settings() {
    return List.of(MAX, LIMIT, DefaultLimits.CPU_REQUEST);
  }

  /** With the request: without it, the API server would have the limit requested. */
  @Override
  public List<HasMetadata> objects() {
    return List.of(
        DefaultLimits.limitRange(
            name(),
            new LimitRangeItemBuilder()
                .withType("Container")
                .addToMax("cpu", DefaultLimits.amount(MAX))
                .addToDefault("cpu", DefaultLimits.amount(LIMIT))
                .addToDefaultRequest("cpu", DefaultLimits.amount(DefaultLimits.CPU_REQUEST))
                .build()));
  }

  @Override
  public List<Field> fields() {
    return List.of(
        DefaultLimits.field(name(), "max", "cpu", MAX),
        DefaultLimits.field(name(), "default", "cpu", LIMIT),
        DefaultLimits.field(name(), "defaultRequest", "cpu", DefaultLimits.CPU_REQUEST));
  }
}
