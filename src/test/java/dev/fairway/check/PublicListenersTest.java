package dev.fairway.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.model.Ports;
import dev.fairway.model.Reach;
import dev.fairway.model.Value;
import dev.fairway.platform.cloud.Reachability;
import org.junit.jupiter.api.Test;

/** What may be open to the world: two ports of the load balancers of applications, and no other. */
class PublicListenersTest {
  private static final Reach.Network WORLD = new Reach.Network(Value.of("0.0.0.0/0"));

  @Test
  void whatIsDeclaredPublicMayBeOpen() {
    assertThat(found(Reachability.PUBLIC_HTTPS)).isZero();
    assertThat(found(Reachability.PUBLIC_HTTP)).isZero();
  }

  @Test
  void aReasonOfOnesOwnMakesNoOtherRuleOfIt() {
    assertThat(found(open(Reachability.INGRESS_ALB, 443))).isZero();
  }

  @Test
  void noOtherPortAndNoOtherGroupMay() {
    assertThat(found(open(Reachability.INGRESS_ALB, 8443))).isOne();
    assertThat(found(open(Reachability.WORKER, 443))).isOne();
    assertThat(found(open(Reachability.API_ELB, 443))).isOne();
  }

  private static Reach open(Reach.SecurityGroup group, int port) {
    return Reach.tcp(WORLD, group, Ports.of(port), "of a test");
  }

  private static long found(Reach reach) {
    return new NothingIsOpenToAll().check(Example.good().reach(reach).platform()).count();
  }
}
