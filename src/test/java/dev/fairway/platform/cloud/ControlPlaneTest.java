package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.model.Facts;
import dev.fairway.model.Listener;
import dev.fairway.model.Value;
import dev.fairway.platform.cloud.ControlPlane.HealthCheck;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {

  private final ControlPlane facts = ControlPlane.declare();

  @Test
  void peopleMeetTheCertificateAndNodesTheApiServerItself() {
    var certificate = Optional.of(Value.of(Facts.CERTIFICATE_ARN));

    assertThat(facts.listeners())
        .containsExactly(
            new Listener(443, "SSL", 6443, "SSL", certificate),
            new Listener(6443, "TCP", 6443, "TCP", Optional.empty()));
  }

  @Test
  void theHealthCheckAsksForReadinessOverTls() {
    assertThat(ControlPlane.HEALTH_CHECK.target()).isEqualTo("HTTPS:6443/readyz");
  }

  @Test
  void theLagCountsTheCheckThatJustMissedTheChange() {
    var check = new HealthCheck("/", Duration.ofSeconds(30), Duration.ofSeconds(4), 3);

    assertThat(check.lag()).isEqualTo(Duration.ofSeconds(94));
  }

  @Test
  void aCheckEndsBeforeTheNextBegins() {
    var second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new HealthCheck("/", second, second, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The load balancer learns of a master when its launch hook is completed: it has none. */
  @Test
  void aMasterIsHeldOnlyWhileItLeaves() {
    assertThat(ControlPlane.masters().hooks())
        .extracting(LifecycleHook::transition)
        .containsExactly(LifecycleHook.Transition.TERMINATING);
    assertThat(ControlPlane.masters().userData().entries())
        .extracting(PointerConfig.Entry::name)
        .containsExactly("STACK_NAME", "LOGICAL_ID", "ASG_NAME", "TERMINATE_HOOK");
  }

  @Test
  void thereAreExactlyTwoMasters() {
    assertThat(facts.scalingGroups())
        .singleElement()
        .satisfies(group -> {
          assertThat(group.min()).isEqualTo(Value.of("2"));
          assertThat(group.max()).isEqualTo(group.min());
        });
  }
}
