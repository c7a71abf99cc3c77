package dev.fairway.deploy.aws;

/**
 * A stack that is there.
 *
 * @param id its ARN, by which it is found when it is deleted, too
 * @param stackName {@code <local_id>-<name>}
 * @param status such as {@code UPDATE_COMPLETE}
 * @param isProtected whether its termination protection is on
 */
public record StandingStack(
    String id, String stackName, Layer layer, String status, boolean isProtected)
    implements Comparable<StandingStack> {

  @Override
  public int compareTo(StandingStack other) {
    return stackName.compareTo(other.stackName);
  }
}
