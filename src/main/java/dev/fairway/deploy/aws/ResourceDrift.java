package dev.fairway.deploy.aws;

import java.util.List;

/**
 * A resource that is not what its stack made it, as CloudFormation finds.
 *
 * @param isDeleted whether somebody deleted it
 * @param properties those that somebody changed; none of a deleted one
 */
public record ResourceDrift(
    String stackName,
    String logicalId,
    String type,
    String physicalId,
    boolean isDeleted,
    List<PropertyDrift> properties) {

  /**
   * A property that differs, as JSON text on either side.
   *
   * @param path such as {@code /Tags/2/Value}
   */
  public record PropertyDrift(String path, String expected, String actual) {}

  public ResourceDrift {
    properties = List.copyOf(properties);
  }
}
