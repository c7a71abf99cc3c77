package dev.fairway.platform.cloud;

import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** The one place that knows which construct builds which facts. */
public final class Stacks {
  private Stacks() {}

  /** Adds the template's stack to the app. */
  public static Stack create(Construct app, Template template) {
    return switch (template) {
      case Network facts -> new NetworkStack(app, facts);
      case ExistingNetwork facts -> new ExistingNetworkStack(app, facts);
      case Foundation facts -> new FoundationStack(app, facts);
      case Etcd facts -> new EtcdStack(app, facts);
      case ControlPlane facts -> new ControlPlaneStack(app, facts);
      case Pool facts -> new PoolStack(app, facts);
    };
  }
}
