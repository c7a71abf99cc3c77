package dev.fairway.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** Who works on a cluster, as those are told who have to wait. */
final class Holder {
  private Holder() {}

  static String name() {
    // Containers repeat the names of hosts and small process ids, and whoever bears the holder's
    // name is taken for the holder.
    var chance = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    return "%s@%s/%d-%s".formatted(user(), host(), ProcessHandle.current().pid(), chance);
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
