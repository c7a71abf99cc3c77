package dev.fairway.workload;

import java.util.regex.Pattern;

/** How a new version takes the place of the one before. */
public sealed interface Rollout {

  /** Pod by pod, in one Deployment: the new version gets traffic as its pods become ready. */
  record Rolling() implements Rollout {}

  /**
   * Beside the one before, in a stack of its own: traffic is moved when somebody, or a pipeline,
   * says so, and back again if need be.
   *
   * @param version of the stack: lower-case letters, digits and dashes
   * @param stacks how many versions stay, those without traffic scaled down to nothing
   */
  record Stacks(String version, int stacks) implements Rollout {
    private static final Pattern VERSION = Pattern.compile("[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?");

    public Stacks {
      if (!VERSION.matcher(version).matches()) {
        throw new IllegalArgumentException(
            "a stack's version is \"%s\": use at most 20 lower-case letters, digits and dashes"
                .formatted(version));
      }
      if (stacks < 2) {
        throw new IllegalArgumentException(
            "%d stacks: keep 2 or more, or there is none to go back to".formatted(stacks));
      }
    }
  }
}
