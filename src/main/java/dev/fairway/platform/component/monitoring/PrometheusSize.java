package dev.fairway.platform.component.monitoring;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Range;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Updates;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * Both Prometheus are given what they are seen to use: how much that is depends on what runs in the
 * cluster, and nobody knows it before. One is evicted at a time, as their budget asks.
 */
@AutoService(Component.class)
public final class PrometheusSize implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "prometheus_autosize_enabled",
          new Bool(),
          "true",
          "Whether each Prometheus is given what it is seen to use; without it both keep the CPU"
              + " and memory that they are set to");

  /** No more than a worker of the default types has room for, or it would be evicted for good. */
  private static final Range CPU = Range.of("100m", "3");

  private static final Range MEMORY = Range.of("1Gi", "12Gi");

  @Override
  public String name() {
    return "prometheus-size";
  }

  @Override
  public Optional<Symbol> enabledBy() {
    return Optional.of(ENABLED);
  }

  @Override
  public List<Symbol> needs() {
    return List.of(Prometheus.ENABLED, VerticalPodAutoscaler.ENABLED);
  }

  @Override
  public List<HasMetadata> objects() {
    return Prometheus.statefulSets().stream().map(PrometheusSize::size).toList();
  }

  private static HasMetadata size(HasMetadata prometheus) {
    return VerticalPodAutoscaler.of(prometheus, Updates.RECREATE)
        .sizing(Prometheus.CONTAINER, CPU, MEMORY)
        .object(Prometheus.PROMETHEUS);
  }
}
