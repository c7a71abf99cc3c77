package dev.fairway.workload;

/**
 * How many pods there are, and what decides it.
 *
 * @param min at least 2, or every drained node is an outage
 */
public record Scaling(int min, int max, Measure measure) {

  /** What is kept at a level by adding and removing pods. */
  public sealed interface Measure {}

  /**
   * The share of the requested CPU that pods use, on average.
   *
   * @param percent from 1 to 100
   */
  public record Cpu(int percent) implements Measure {
    public Cpu {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException(
            "scaling at %d%% of the CPU: give 1 to 100".formatted(percent));
      }
    }
  }

  /**
   * The requests that Skipper sends to each pod in a second, as the kube-metrics-adapter tells.
   *
   * @param perPod from 1
   */
  public record RequestsPerSecond(int perPod) implements Measure {
    public RequestsPerSecond {
      if (perPod < 1) {
        throw new IllegalArgumentException(
            "scaling at %d requests per second: give 1 or more".formatted(perPod));
      }
    }
  }

  public Scaling {
    if (min < 2 || max < min) {
      throw new IllegalArgumentException(
          "scaling from %d to %d pods: give at least 2, and no fewer at most than at least"
              .formatted(min, max));
    }
  }

  /** For a service that computes: at 70 percent there is room for what comes while pods start. */
  public static Scaling onCpu(int min, int max) {
    return new Scaling(min, max, new Cpu(70));
  }
}
