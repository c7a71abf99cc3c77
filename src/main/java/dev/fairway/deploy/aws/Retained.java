package dev.fairway.deploy.aws;

/**
 * What outlives a cluster on purpose.
 *
 * @param reason who said so, such as {@code its policy in e2e-etcd}
 */
public record Retained(AwsResource resource, String reason) implements Comparable<Retained> {

  /** A volume of a pod that is to be kept. */
  public static Retained volume(String id) {
    return new Retained(
        new AwsResource(AwsResource.VOLUME, id),
        "its PersistentVolume, or the tag " + Volumes.RECLAIM_TAG);
  }

  @Override
  public int compareTo(Retained other) {
    return resource.compareTo(other.resource);
  }
}
