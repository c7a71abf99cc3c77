package dev.fairway.platform.component.monitoring;

import com.google.auto.service.AutoService;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Bool;
import dev.fairway.platform.component.Component;
import dev.fairway.platform.component.Field;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Range;
import dev.fairway.platform.component.autoscaling.VerticalPodAutoscaler.Updates;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * Both Prometheus are given what they are seen to use: how much that is depends on what runs in the
 * cluster, and nobody knows it before. They are given no less than the cluster sets, and no more
 * than it could. One is evicted at a time, as their budget asks: where no worker is large enough
 * for what it needs, it waits for one, and the other stays as it is.
 */
@AutoService(Component.class)
public final class PrometheusSize implements Component {
  private static final Symbol ENABLED =
      Symbol.setting(
          "prometheus_autosize_enabled",
          new Bool(),
          "true",
          "Whether each Prometheus is given what it is seen to use, and no less than is set;"
              + " without it both keep the CPU and memory that they are set to");

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

  /** Those of Prometheus itself. */
  @Override
  public List<Symbol> settings() {
    return List.of(Prometheus.CPU, Prometheus.MEMORY);
  }

  @Override
  public List<Field> fields() {
    return Prometheus.statefulSets().stream()
        .flatMap(
            it -> VerticalPodAutoscaler.leastFields(it, Prometheus.CPU, Prometheus.MEMORY).stream())
        .toList();
  }

  private static HasMetadata size(HasMetadata prometheus) {
    return VerticalPodAutoscaler.of(prometheus, Updates.RECREATE)
        .sizing(Prometheus.CONTAINER, Range.of(Prometheus.CPU), Range.of(Prometheus.MEMORY))
        .object(Prometheus.PROMETHEUS);
  }
}
