package dev.fairway.platform.cloud;

import java.time.Duration;

/**
 * A pause of an Auto Scaling group while one of its instances comes or goes. It stands inside the
 * group: as a resource of its own it would come after the group's first instances.
 *
 * @param heartbeat how long the group waits for the node to say that it may go on
 * @param otherwise what the group does when the node said nothing
 */
record LifecycleHook(String name, Transition transition, Duration heartbeat, Result otherwise) {

  /** What the instance is about to do, and the variable that tells it the hook's name. */
  enum Transition {
    LAUNCHING("autoscaling:EC2_INSTANCE_LAUNCHING", "LAUNCH_HOOK"),
    TERMINATING("autoscaling:EC2_INSTANCE_TERMINATING", "TERMINATE_HOOK");

    private final String autoScaling;
    private final String variable;

    Transition(String autoScaling, String variable) {
      this.autoScaling = autoScaling;
      this.variable = variable;
    }

    String autoScaling() {
      return autoScaling;
    }

    String variable() {
      return variable;
    }
  }

  /** The names that Auto Scaling gives the two ways on. */
  enum Result {
    CONTINUE,
    ABANDON
  }

  /** Auto Scaling takes no longer heartbeat. */
  private static final Duration LONGEST = Duration.ofHours(2);

  LifecycleHook {
    if (heartbeat.isZero() || heartbeat.isNegative() || heartbeat.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + ": a heartbeat is above zero and at most " + LONGEST + ", not " + heartbeat);
    }
  }

  /** The instance serves nobody before the node has said that it is ready. */
  static LifecycleHook launching(Duration heartbeat, Result otherwise) {
    return new LifecycleHook("ready", Transition.LAUNCHING, heartbeat, otherwise);
  }

  /** The instance lives on until the node has said that it is drained. */
  static LifecycleHook terminating(Duration heartbeat) {
    // A terminating instance goes either way; to abandon it would skip the hooks after this one.
    return new LifecycleHook("drained", Transition.TERMINATING, heartbeat, Result.CONTINUE);
  }
}
