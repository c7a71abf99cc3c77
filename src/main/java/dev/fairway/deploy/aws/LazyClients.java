package dev.fairway.deploy.aws;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Clients that are each made when first asked: one costs a tenth of a second of class loading, and
 * most commands need two. Credentials and endpoints are the SDK's own business.
 */
final class LazyClients implements Clients {
  /** With the SDK's pauses, a request that is throttled is given up after about 20 s. */
  private static final int ATTEMPTS = 6;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Region region;
  private final List<SdkAutoCloseable> open = new CopyOnWriteArrayList<>();
  private final Lazy<SdkHttpClient> http =
      new Lazy<>(() -> UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).build());
  private final Lazy<StsClient> sts =
      new Lazy<>(() -> made(StsClient.builder().httpClient(http())));
  private final Lazy<CloudFormationClient> cloudFormation =
      new Lazy<>(() -> made(CloudFormationClient.builder().httpClient(http())));
  private final Lazy<AutoScalingClient> autoScaling =
      new Lazy<>(() -> made(AutoScalingClient.builder().httpClient(http())));
  private final Lazy<SecretsManagerClient> secrets =
      new Lazy<>(() -> made(SecretsManagerClient.builder().httpClient(http())));
  private final Lazy<S3Client> s3 =
      // Endpoints other than AWS know no names of buckets in theirs; AWS takes both.
      new Lazy<>(() -> made(S3Client.builder().forcePathStyle(true).httpClient(http())));

  LazyClients(String region) {
    this.region = Region.of(region);
  }

  @Override
  public StsClient sts() {
    return sts.get();
  }

  @Override
  public CloudFormationClient cloudFormation() {
    return cloudFormation.get();
  }

  @Override
  public AutoScalingClient autoScaling() {
    return autoScaling.get();
  }

  @Override
  public SecretsManagerClient secrets() {
    return secrets.get();
  }

  @Override
  public S3Client s3() {
    return s3.get();
  }

  private SdkHttpClient http() {
    return http.get();
  }

  private <B extends AwsClientBuilder<B, C>, C extends SdkAutoCloseable> C made(
      AwsClientBuilder<B, C> builder) {
    var client =
        builder
            .region(region)
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(ATTEMPTS)
                            .build())
                    .build())
            .build();
    open.add(client);
    return client;
  }

  @Override
  public void close() {
    open.forEach(SdkAutoCloseable::close);
    http.ifMade(SdkAutoCloseable::close);
  }

  /** Made once, when first asked, by whatever thread. */
  private static final class Lazy<T> {
    private final Supplier<T> maker;
    private Optional<T> made = Optional.empty();

    Lazy(Supplier<T> maker) {
      this.maker = maker;
    }

    synchronized T get() {
      if (made.isEmpty()) {
        made = Optional.of(maker.get());
      }
      return made.get();
    }

    synchronized void ifMade(Consumer<T> then) {
      made.ifPresent(then);
    }
  }
}
