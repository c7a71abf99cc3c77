package dev.fairway.deploy.aws;

import java.util.List;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Whom a destroy asks: more services than any other command, each of them in one region. */
record EstateClients(
    CloudFormationClient cloudFormation,
    Ec2Client ec2,
    ElasticLoadBalancingClient balancing,
    ElasticLoadBalancingV2Client balancingV2,
    Route53Client route53,
    S3Client s3,
    SecretsManagerClient secrets)
    implements AutoCloseable {
  /** As many as every other command's clients. */
  private static final int ATTEMPTS = 6;

  static EstateClients of(String region) {
    var home = Region.of(region);
    return new EstateClients(
        made(CloudFormationClient.builder(), home),
        made(Ec2Client.builder(), home),
        made(ElasticLoadBalancingClient.builder(), home),
        made(ElasticLoadBalancingV2Client.builder(), home),
        made(Route53Client.builder(), home),
        // Endpoints other than AWS know no names of buckets in theirs; AWS takes both.
        made(S3Client.builder().forcePathStyle(true), home),
        made(SecretsManagerClient.builder(), home));
  }

  private static <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C made(
      B builder, Region region) {
    return builder
        .region(region)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(settings ->
            settings.retryStrategy(
                AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build()))
        .build();
  }

  @Override
  public void close() {
    List.<SdkAutoCloseable>of(cloudFormation, ec2, balancing, balancingV2, route53, s3, secrets)
        .forEach(SdkAutoCloseable::close);
  }
}
