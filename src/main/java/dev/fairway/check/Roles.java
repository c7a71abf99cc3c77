package dev.fairway.check;

import dev.fairway.model.Role;
import dev.fairway.platform.Platform;
import dev.fairway.platform.cloud.Foundation;
import java.util.stream.Stream;

/** The IAM roles of the platform, as the foundation stack makes them. */
final class Roles {
  private Roles() {}

  static Stream<Role> all(Platform platform) {
    return foundations(platform)
        .flatMap(it -> Stream.concat(it.nodeRoles().stream(), it.podRoles().stream()));
  }

  static Stream<Role> ofPods(Platform platform) {
    return foundations(platform).flatMap(it -> it.podRoles().stream());
  }

  private static Stream<Foundation> foundations(Platform platform) {
    return platform.templates().stream()
        .filter(Foundation.class::isInstance)
        .map(Foundation.class::cast);
  }
}
