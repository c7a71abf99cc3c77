package dev.fairway.model;

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
}
