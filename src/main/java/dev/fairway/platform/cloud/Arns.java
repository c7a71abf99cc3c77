package dev.fairway.platform.cloud;

import dev.fairway.model.Value;
import dev.fairway.model.Value.Pseudo;

/** How AWS names resources and services, for the statements of policies, components' too. */
public final class Arns {
  private Arns() {}

  /** {@code arn:<partition>:<service>:<region>:<account>:<resource>}. */
  public static Value regional(String service, Object... resource) {
    return Value.join(
        "arn:",
        Pseudo.PARTITION,
        ":" + service + ":",
        Pseudo.REGION,
        ":",
        Pseudo.ACCOUNT,
        ":",
        Value.join(resource));
  }

  /** The same for services that leave region and account out, such as S3 and Route 53. */
  static Value global(String service, Object... resource) {
    return Value.join("arn:", Pseudo.PARTITION, ":" + service + ":::", Value.join(resource));
  }

  /** The account as a whole: whom its own IAM policies let do something. */
  static Value account() {
    return Value.join("arn:", Pseudo.PARTITION, ":iam::", Pseudo.ACCOUNT, ":root");
  }

  /** A service's host name in the region, by which KMS knows through whom it is asked. */
  static Value service(String name) {
    return Value.join(name + ".", Pseudo.REGION, ".amazonaws.com");
  }
}
