package dev.fairway.model;

/** An AWS account by its twelve digits. */
public record AwsAccount(String id) implements Comparable<AwsAccount> {
  private static final String REGISTRY_PREFIX = "aws:";

  public AwsAccount {
    Invariant.matches("an AWS account", "[0-9]{12}", id);
  }

  /** Reads the form that the Cluster Registry uses: {@code aws:111122223333}. */
  public static AwsAccount ofRegistry(String text) {
    Invariant.matches("an infrastructure account", "aws:[0-9]{12}", text);
    return new AwsAccount(text.substring(REGISTRY_PREFIX.length()));
  }

  /** The form that the Cluster Registry uses. */
  public String registryId() {
    return REGISTRY_PREFIX + id;
  }

  @Override
  public int compareTo(AwsAccount other) {
    return id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return id;
  }
}
