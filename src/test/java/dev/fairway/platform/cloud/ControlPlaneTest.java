package dev.fairway.platform.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.model.Facts;
import dev.fairway.model.Listener;
import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Value;
import dev.fairway.platform.cloud.ControlPlane.HealthCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {

  private final ControlPlane facts = ControlPlane.declare();

  @Test
  void peopleMeetTheCertificateAndNodesTheApiServerItself() {
    var certificate = Optional.of(Value.of(Facts.CERTIFICATE_ARN));

    assertThat(facts.listeners())
        .containsExactly(
            new Listener(443, "SSL", 8443, "SSL", certificate),
            new Listener(6443, "TCP", 6443, "TCP", Optional.empty()));
  }

  /** The security group of the load balancer has egress of its own, which no rule looks at. */
  @Test
  void theLoadBalancerMayGoWhereItsListenersLead() {
    assertThat(facts.listeners())
        .extracting(listener -> Ports.of(listener.instancePort()))
        .allSatisfy(port -> {
          assertThat(directions(port))
              .containsExactlyInAnyOrder(Reach.Direction.INGRESS, Reach.Direction.EGRESS);
        });
  }

  private static Stream<Reach.Direction> directions(Ports port) {
    return Reachability.rules().stream()
        .filter(reach -> reach.ports().equals(Optional.of(port)))
        .filter(reach ->
            switch (reach.direction()) {
              case INGRESS ->
                  reach.owner().equals(Reachability.MASTER)
                      && reach.peer().equals(Reachability.API_ELB);
              case EGRESS ->
                  reach.owner().equals(Reachability.API_ELB)
                      && reach.peer().equals(Reachability.MASTER);
            })
        .map(Reach::direction);
  }

  @Test
  void theHealthCheckAsksForReadinessOverTls() {
    assertThat(ControlPlane.HEALTH_CHECK.target()).isEqualTo("HTTPS:8443/readyz");
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
