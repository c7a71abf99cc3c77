package dev.fairway.link;

import dev.fairway.model.CdkBootstrap;
import dev.fairway.model.Cluster;

/** The names that {@code cdk bootstrap} gave its bucket and roles in the cluster's account. */
record Bootstrap(String qualifier, String account, String region) {
  static Bootstrap of(Cluster cluster) {
    return new Bootstrap(
        cluster.bootstrap().qualifier(), cluster.account().id(), cluster.region().toString());
  }

  String bucket() {
    return "cdk-" + qualifier + "-assets-" + account + "-" + region;
  }

  String publishingRole() {
    return "arn:${AWS::Partition}:iam::"
        + account
        + ":role/cdk-"
        + qualifier
        + "-file-publishing-role-"
        + account
        + "-"
        + region;
  }

  /** What CDK wrote for any account, for this one. */
  String localized(String text) {
    return text.replace("-" + CdkBootstrap.DEFAULT_QUALIFIER + "-", "-" + qualifier + "-")
        .replace("/" + CdkBootstrap.DEFAULT_QUALIFIER + "/", "/" + qualifier + "/")
        .replace("${AWS::AccountId}", account)
        .replace("${AWS::Region}", region);
  }
}
