package dev.fairway.platform.cloud;

import dev.fairway.model.Facts;
import dev.fairway.model.Listener;
import dev.fairway.model.ScalingGroup;
import dev.fairway.model.Symbol;
import dev.fairway.model.SymbolType.Whole;
import dev.fairway.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Two masters over three zones, behind a classic load balancer that ends TLS for people and CI and
 * passes it through for nodes, which show client certificates.
 */
public record ControlPlane(Symbol instanceType, Symbol rootVolumeSize) implements Template {
  static final String LOAD_BALANCER = "ApiLoadBalancer";
  static final String RECORD = "ApiRecord";

  public static final int MASTERS = 2;

  /** How the load balancer finds out which masters may serve. */
  public static final HealthCheck HEALTH_CHECK =
      new HealthCheck("/readyz", Duration.ofSeconds(10), Duration.ofSeconds(5), 2);

  /** How long a master that leaves may finish the requests it has. */
  public static final Duration DRAINING = Duration.ofSeconds(60);

  /**
   * Watches may be silent for as long as they last, and a client takes long to see that a silent
   * connection is gone: no shorter than the hour after which the API server ends every watch.
   */
  static final Duration IDLE = Duration.ofHours(1);

  /** Etcd may have to find itself first, and a resolver forgets a missing name in 15 minutes. */
  static final Duration CREATION_PATIENCE = Duration.ofMinutes(30);

  static final Duration ROLLING_PATIENCE = Duration.ofMinutes(15);

  /** A drain that a disruption budget holds up for longer is given up: the other master waits. */
  private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(10);

  /**
   * A health check over HTTPS, whose certificate no one verifies.
   *
   * @param path answered with 200, without credentials, by a master that may serve
   * @param threshold how many answers in a row turn the load balancer's mind, either way
   */
  public record HealthCheck(String path, Duration interval, Duration timeout, int threshold) {
    public HealthCheck {
      if (timeout.compareTo(interval) >= 0) {
        throw new IllegalArgumentException(
            "a check lasts less than the time between two: " + timeout + ", " + interval);
      }
    }

    /**
     * The longest until the load balancer knows of a change. A master that has become ready tells
     * CloudFormation so only then, or the other one would go before this one serves; and one that
     * stops goes on serving for so long.
     */
    public Duration lag() {
      return interval.multipliedBy(threshold).plus(timeout);
    }

    /**
     * At the port that masters redirect: who answers there has the redirect and an API server at
     * the port behind it, so this answer stands for both listeners; one from 6443 would not.
     */
    String target() {
      return "HTTPS:" + Addresses.PUBLIC_API_ON_MASTERS + path;
    }
  }

  /** What the control plane needs of a cluster. */
  public static ControlPlane declare() {
    return new ControlPlane(
        Symbol.setting(
            "master_instance_type",
            NodeGroup.INSTANCE_TYPE,
            "m6i.xlarge",
            "The instance type of the masters"),
        Symbol.setting(
            "master_root_volume_size",
            new Whole(20, 1024),
            "50",
            "The GiB of a master's only volume: system, images, logs"));
  }

  @Override
  public String name() {
    return "control-plane";
  }

  @Override
  public String description() {
    return "Two masters, and the load balancer and name of the API server";
  }

  @Override
  public List<Symbol> settings() {
    return List.of(instanceType, rootVolumeSize);
  }

  @Override
  public List<Listener> listeners() {
    var api = Addresses.API.from();
    return Listener.ofOneLoadBalancer(
        new Listener(
            Addresses.PUBLIC_API.from(),
            "SSL",
            Addresses.PUBLIC_API_ON_MASTERS.from(),
            "SSL",
            Optional.of(Value.of(Facts.CERTIFICATE_ARN))),
        new Listener(api, "TCP", api, "TCP", Optional.empty()));
  }

  /**
   * No hook at launch: the load balancer would not know a master before the hook is completed, and
   * what completes it on other nodes is reached through the load balancer.
   */
  static NodeGroup masters() {
    var two = Value.of(Integer.toString(MASTERS));
    return new NodeGroup(
        new ScalingGroup("Masters", two, two, "master", "master", "master"),
        Value.Pseudo.STACK_NAME,
        List.of(LifecycleHook.terminating(DRAIN_PATIENCE)),
        List.of());
  }

  @Override
  public List<ScalingGroup> scalingGroups() {
    return List.of(masters().group());
  }
}
