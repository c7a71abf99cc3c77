package dev.fairway.platform.cloud;

import java.time.Duration;

/**
 * How a node's Skipper leaves the load balancers, so that no request is lost. From the signal on it
 * fails their health checks and goes on serving; once none of them can send a new request, it ends
 * those that it has. The load balancers, Skipper, and workers that shut down with Skipper on them
 * take their times from here, and so agree.
 */
public final class Draining {
  public static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);
  public static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  /** Of failed checks; the next one may have just begun when the signal comes, hence one more. */
  public static final int UNHEALTHY_THRESHOLD = 2;

  /** Until the last load balancer has noticed. */
  public static final Duration UNNOTICED =
      CHECK_INTERVAL.plus(CHECK_TIMEOUT).multipliedBy(UNHEALTHY_THRESHOLD + 1);

  /** After so long without a byte the load balancer gives a request up, and nothing waits on. */
  public static final Duration IDLE = Duration.ofSeconds(60);

  /** How long a target that is taken out may go on answering the requests that it has. */
  public static final Duration DEREGISTRATION = IDLE;

  /**
   * A load balancer keeps connections as long as it likes, and a request on one that Skipper has
   * just closed fails: so Skipper must be the one who waits longer.
   */
  public static final Duration KEPT_ALIVE = IDLE.plusSeconds(15);

  /** The pod is killed after this. */
  public static final Duration GRACE = UNNOTICED.plus(DEREGISTRATION).plusSeconds(15);

  private Draining() {}

  /** As Go's programs take it: {@code 45s}. */
  public static String text(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
