package dev.fairway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private static final Listener PASSING = new Listener(6443, "TCP", 6443, "TCP", Optional.empty());

  @Test
  void anInstancePortSpeaksTlsForAllItsListenersOrForNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Listener.ofOneLoadBalancer(ending(6443, "SSL"), PASSING))
        .withMessage("instance port 6443 with TLS and without, by listeners 443 and 6443");
  }

  @Test
  void portsOfTheirOwnOrTheSameProtocolGoTogether() {
    assertThat(Listener.ofOneLoadBalancer(ending(8443, "SSL"), PASSING)).hasSize(2);
    assertThat(Listener.ofOneLoadBalancer(ending(6443, "TCP"), PASSING)).hasSize(2);
  }

  private static Listener ending(int instancePort, String instanceProtocol) {
    return new Listener(
        443, "SSL", instancePort, instanceProtocol, Optional.of(Value.of("a certificate")));
  }
}
