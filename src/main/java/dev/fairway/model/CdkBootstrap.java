package dev.fairway.model;

import java.util.Optional;

/**
 * How {@code cdk bootstrap} was run in a cluster's account and region.
 *
 * @param qualifier part of the names of the bootstrap's roles and bucket
 * @param assetsKey the bucket's own KMS key, where it has one
 */
public record CdkBootstrap(String qualifier, Optional<Arn> assetsKey) {
  /** What {@code cdk bootstrap} takes when nobody says otherwise. */
  public static final String DEFAULT_QUALIFIER = "hnb659fds";

  public CdkBootstrap {
    requireQualifier(qualifier);
    Invariant.holds(
        assetsKey.filter(arn -> !arn.isA("kms", "key")).isEmpty(), "not a KMS key: " + assetsKey);
  }

  /** Returns the text when it may be a qualifier, and throws when it may not. */
  public static String requireQualifier(String text) {
    Invariant.matches("a bootstrap qualifier", "[a-z0-9]{1,10}", text);
    return text;
  }
}
