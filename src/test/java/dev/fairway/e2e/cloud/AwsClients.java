package dev.fairway.e2e.cloud;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Clients of an engine, made when first asked for. */
public final class AwsClients implements AutoCloseable {
  /** Twelve digits would choose another account. */
  public static final String ACCESS_KEY = "fairway-e2e";

  public static final String SECRET_KEY = "of-no-account";

  private final URI endpoint;
  private final String region;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private final Supplier<CloudFormationClient> cloudFormation =
      once(() -> build(CloudFormationClient.builder()));
  private final Supplier<Ec2Client> ec2 = once(() -> build(Ec2Client.builder()));
  private final Supplier<AutoScalingClient> autoScaling =
      once(() -> build(AutoScalingClient.builder()));
  private final Supplier<ElasticLoadBalancingClient> classicElb =
      once(() -> build(ElasticLoadBalancingClient.builder()));
  private final Supplier<Route53Client> route53 = once(() -> build(Route53Client.builder()));
  private final Supplier<S3Client> s3 = once(() -> build(S3Client.builder().forcePathStyle(true)));
  private final Supplier<SecretsManagerClient> secrets =
      once(() -> build(SecretsManagerClient.builder()));

  public AwsClients(URI endpoint, String region) {
    this.endpoint = endpoint;
    this.region = region;
  }

  public CloudFormationClient cloudFormation() {
    return cloudFormation.get();
  }

  public Ec2Client ec2() {
    return ec2.get();
  }

  public AutoScalingClient autoScaling() {
    return autoScaling.get();
  }

  public ElasticLoadBalancingClient classicElb() {
    return classicElb.get();
  }

  public Route53Client route53() {
    return route53.get();
  }

  public S3Client s3() {
    return s3.get();
  }

  public SecretsManagerClient secrets() {
    return secrets.get();
  }

  /** Services that the SDK's jars here don't have. */
  public UnsignedRequests json() {
    return new UnsignedRequests(endpoint, region);
  }

  /** The stack of this name, unless there is none or it is deleted. */
  public Optional<Stack> stack(String name) {
    try {
      return cloudFormation().describeStacks(request -> request.stackName(name)).stacks().stream()
          .filter(stack -> stack.stackStatus() != StackStatus.DELETE_COMPLETE)
          .findFirst();
    } catch (CloudFormationException e) {
      return Optional.empty();
    }
  }

  /** What a stack holds; one engine lists what a condition leaves out too, without a name. */
  public List<StackResource> resources(String stackName) {
    return cloudFormation()
        .describeStackResources(request -> request.stackName(stackName))
        .stackResources()
        .stream()
        .filter(resource -> resource.logicalResourceId() != null)
        .toList();
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
      C build(B builder) {
    var client =
        builder
            .endpointOverride(endpoint)
            .region(Region.of(region))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .httpClient(http)
            .build();
    opened.push(client);
    return client;
  }

  private static <T> Supplier<T> once(Supplier<T> make) {
    var made = new AtomicReference<T>();
    return () -> made.updateAndGet(value -> value == null ? make.get() : value);
  }

  @Override
  public void close() {
    try {
      for (var client : opened) {
        client.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    http.close();
  }
}
