package dev.fairway.deploy.aws;

import java.util.Comparator;

/**
 * Something in AWS.
 *
 * @param type as CloudFormation calls it, such as {@code AWS::EC2::Volume}
 * @param id as CloudFormation has it: an id, a name or an ARN
 */
public record AwsResource(String type, String id) implements Comparable<AwsResource> {
  static final String BUCKET = "AWS::S3::Bucket";
  static final String SECRET = "AWS::SecretsManager::Secret";
  static final String STACK = "AWS::CloudFormation::Stack";
  static final String VOLUME = "AWS::EC2::Volume";

  private static final Comparator<AwsResource> ORDER =
      Comparator.comparing(AwsResource::type).thenComparing(AwsResource::id);

  /** The volume of this id in EC2. */
  public static AwsResource volume(String id) {
    return new AwsResource(VOLUME, id);
  }

  public boolean isVolume() {
    return type.equals(VOLUME);
  }

  @Override
  public int compareTo(AwsResource other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return type + " " + id;
  }
}
