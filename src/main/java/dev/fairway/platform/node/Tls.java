package dev.fairway.platform.node;

import java.util.List;

/** What our servers speak. */
final class Tls {
  /** Kubernetes' name of it; the classic load balancer speaks no newer one to its masters. */
  static final String MIN_VERSION = "VersionTLS12";

  /**
   * For TLS 1.2 only; 1.3 has no weak ones to leave out. Forward secrecy and authenticated
   * encryption, in the order in which Go prefers them.
   */
  static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private Tls() {}
}
