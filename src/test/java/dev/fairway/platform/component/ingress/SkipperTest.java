package dev.fairway.platform.component.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.platform.component.Field;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SkipperTest {
  private final Skipper skipper = new Skipper();

  /** What it counts grows with hosts, and is the slowest to write when it has the most to do. */
  @Test
  void noProbeMakesItWriteItsMetrics() {
    var container = daemonSet().getSpec().getTemplate().getSpec().getContainers().getFirst();

    assertThat(Stream.of(container.getLivenessProbe(), container.getReadinessProbe()))
        .extracting(Probe::getHttpGet)
        .allSatisfy(asked -> assertThat(asked.getPath()).doesNotStartWith("/metrics"));
  }

  /** By host, for whoever scales by requests; by method it would be several times as much. */
  @Test
  void itCountsByHostAndNotByMethod() {
    assertThat(daemonSet().getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs())
        .contains("-serve-host-metrics", "-serve-method-metric=false");
  }

  @Test
  void aClusterWithMoreToRouteGivesItMore() {
    assertThat(skipper.fields())
        .extracting(Field::pointer, field -> field.symbol().name())
        .extracting(Object::toString)
        .anyMatch(it -> it.contains("requests/cpu") && it.contains("skipper_cpu"))
        .anyMatch(it -> it.contains("requests/memory") && it.contains("skipper_memory"))
        .anyMatch(it -> it.contains("limits/memory") && it.contains("skipper_memory"));
  }

  private DaemonSet daemonSet() {
    return skipper.objects().stream()
        .filter(DaemonSet.class::isInstance)
        .map(DaemonSet.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
