package dev.fairway.model;

import java.util.List;
import java.util.Optional;

/**
 * A port of the API's classic load balancer and where it leads.
 *
 * @param protocol {@code SSL} where the load balancer terminates TLS, {@code TCP} where it passes
 *     bytes through
 * @param certificate of an SSL listener
 */
public record Listener(
    int port,
    String protocol,
    int instancePort,
    String instanceProtocol,
    Optional<Value> certificate) {
  public Listener {
    if (protocol.equals("SSL") != certificate.isPresent()) {
      throw new IllegalArgumentException("an SSL listener, and no other, has a certificate");
    }
  }

  /**
   * The listeners of one load balancer. Those with the same instance port must all speak TLS to it,
   * or none: Elastic Load Balancing refuses to create anything else, and only then says so.
   */
  public static List<Listener> ofOneLoadBalancer(Listener... listeners) {
    for (var one : listeners) {
      for (var other : listeners) {
        Invariant.holds(
            one.instancePort != other.instancePort
                || one.isSecureBehind() == other.isSecureBehind(),
            "instance port %d with TLS and without, by listeners %d and %d"
                .formatted(one.instancePort, one.port, other.port));
      }
    }
    return List.of(listeners);
  }

  private boolean isSecureBehind() {
    return instanceProtocol.equals("SSL") || instanceProtocol.equals("HTTPS");
  }
}
