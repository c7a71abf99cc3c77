package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.model.ScalingGroup;
import dev.fairway.model.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeGroupTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aNodeIsToldTheNamesOfItsHooks() {
    var launch = LifecycleHook.launching(MINUTE, LifecycleHook.Result.ABANDON);
    var terminate = LifecycleHook.terminating(MINUTE);

    assertThat(group(launch, terminate).userData().entries())
        .contains(
            new PointerConfig.Entry("LAUNCH_HOOK", Value.of(launch.name())),
            new PointerConfig.Entry("TERMINATE_HOOK", Value.of(terminate.name())));
  }

  @Test
  void oneVariableHoldsOneHook() {
    assertThatThrownBy(
            () -> group(LifecycleHook.terminating(MINUTE), LifecycleHook.terminating(MINUTE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nodes");
  }

  @Test
  void aHeartbeatIsOneThatAutoScalingTakes() {
    for (var heartbeat : List.of(Duration.ZERO, MINUTE.negated(), Duration.ofHours(3))) {
      assertThatThrownBy(() -> LifecycleHook.terminating(heartbeat))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(heartbeat.toString());
    }
  }

  private static NodeGroup group(LifecycleHook... hooks) {
    var one = Value.of("1");
    return new NodeGroup(
        new ScalingGroup("Nodes", one, one, "worker", "worker", "worker"),
        Value.Pseudo.STACK_NAME,
        List.of(hooks),
        List.of());
  }
}
