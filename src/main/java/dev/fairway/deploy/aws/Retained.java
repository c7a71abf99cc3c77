package dev.fairway.deploy.aws;

/**
 * What outlives a cluster on purpose.
 *
 * @param reason who said so, such as {@code its policy in e2e-etcd}
 */
public record Retained(AwsResource resource, String reason) implements Comparable<Retained> {

  @Override
  public int compareTo(Retained other) {
    return resource.compareTo(other.resource);
  }
}
