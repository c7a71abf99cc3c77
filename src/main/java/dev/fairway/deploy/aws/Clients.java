package dev.fairway.deploy.aws;

import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Whom every command but a destroy asks, in one region. */
interface Clients extends AutoCloseable {
  static Clients of(String region) {
    return new LazyClients(region);
  }

  StsClient sts();

  CloudFormationClient cloudFormation();

  AutoScalingClient autoScaling();

  SecretsManagerClient secrets();

  S3Client s3();

  @Override
  void close();
}
