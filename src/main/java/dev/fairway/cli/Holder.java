package dev.fairway.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Who works on a cluster, as those are told who have to wait. */
final class Holder {
  private Holder() {}

  static String name() {
    return "%s@%s/%d".formatted(user(), host(), ProcessHandle.current().pid());
  }

  /** A build server says who started the work; its own user is the same for everybody. */
  private static String user() {
    return Optional.ofNullable(System.getenv("GITHUB_ACTOR"))
        .orElseGet(() -> System.getProperty("user.name", "somebody"));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
