package dev.fairway.platform.component;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/**
 * Probes, all with the same patience: asked every ten seconds, failed after three answers that did
 * not come within five.
 */
public final class Probes {
  private static final int PERIOD_SECONDS = 10;

  /** The default of one second restarts healthy pods of a busy node. */
  private static final int TIMEOUT_SECONDS = 5;

  private static final int FAILURES = 3;

  private Probes() {}

  /** {@code port} is the name of a container's port. */
  public static Probe http(String path, String port) {
    return builder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(port)
        .withScheme("HTTP")
        .endHttpGet()
        .build();
  }

  public static Probe https(String path, String port) {
    return builder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(port)
        .withScheme("HTTPS")
        .endHttpGet()
        .build();
  }

  /** For a program that listens on the node's loopback only. */
  public static Probe loopback(String path, String port) {
    return builder()
        .withNewHttpGet()
        .withHost("127.0.0.1")
        .withPath(path)
        .withNewPort(port)
        .withScheme("HTTP")
        .endHttpGet()
        .build();
  }

  /** Whether the port takes connections, for a program that speaks no HTTP. */
  public static Probe tcp(String port) {
    return builder().withNewTcpSocket().withNewPort(port).endTcpSocket().build();
  }

  /** For a program that serves nothing: what it runs in its container, and when that succeeds. */
  public static Probe command(String... words) {
    return builder().withNewExec().withCommand(words).endExec().build();
  }

  private static ProbeBuilder builder() {
    return new ProbeBuilder()
        .withPeriodSeconds(PERIOD_SECONDS)
        .withTimeoutSeconds(TIMEOUT_SECONDS)
        .withFailureThreshold(FAILURES);
  }
}
