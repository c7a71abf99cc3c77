package dev.fairway.e2e;

import dev.fairway.e2e.cloud.AwsClients;
import dev.fairway.model.Arn;
import dev.fairway.model.Cluster;
import dev.fairway.model.ClusterId;
import dev.fairway.release.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/**
 * An AWS account and region of a test's own: an engine of CloudFormation with the other services
 * that our templates use, on a free port of loopback.
 */
final class CloudFormationEngine implements AutoCloseable {
  private static final Path FOLDER = Path.of("target/e2e/cloudformation").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClusterId cluster;
  private final Path folder;
  private final int port;
  private final EngineProcess process;
  private final AwsClients clients;

  private CloudFormationEngine(ClusterId cluster, Path folder, int port, EngineProcess process) {
    this.cluster = cluster;
    this.folder = folder;
    this.port = port;
    this.process = process;
    this.clients = new AwsClients(endpoint(), cluster.region().toString());
  }

  /**
   * Starts ministack, the engine for the whole life of a stack, as the account and the region of a
   * cluster.
   *
   * @param name of its folder in {@code target/e2e/cloudformation}, which has its log
   */
  static CloudFormationEngine ministack(String name, ClusterId cluster) {
    return start("cfn.ministack", name, cluster);
  }

  /** Starts moto, the second answer: what it creates counts, it neither updates nor deletes. */
  static CloudFormationEngine moto(String name, ClusterId cluster) {
    return start("cfn.moto", name, cluster);
  }

  private static CloudFormationEngine start(String script, String name, ClusterId cluster) {
    var folder = FOLDER.resolve(name);
    int port = FreePort.next();
    try {
      Folders.delete(folder);
      Files.createDirectories(folder.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var arguments =
        List.of(
            Engines.path(script).toString(),
            Integer.toString(port),
            cluster.account().id(),
            cluster.region().toString(),
            folder.toString());
    var process = EngineProcess.start("cfn.python", arguments, folder.resolve("engine.log"));
    var engine = new CloudFormationEngine(cluster, folder, port, process);
    try {
      Eventually.holds(name + " answers", PATIENCE, engine::answers);
      return engine;
    } catch (AssertionError | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private boolean answers() throws IOException {
    process.requireAlive();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  URI endpoint() {
    return URI.create("http://localhost:" + port);
  }

  /** What asks the engine from within this process. */
  AwsClients clients() {
    return clients;
  }

  /**
   * All that a process needs to take the engine for AWS, and nothing that leads it elsewhere; the
   * CDK CLI keeps the account of an access key in its home, so the home is of this engine alone.
   */
  Map<String, String> environment() {
    var environment = new TreeMap<String, String>();
    environment.put("AWS_ENDPOINT_URL", endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", AwsClients.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", AwsClients.SECRET_KEY);
    environment.put("AWS_REGION", cluster.region().toString());
    environment.put("AWS_DEFAULT_REGION", cluster.region().toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("CDK_DISABLE_CLI_TELEMETRY", "1");
    // Spares each start of the CLI a sixth of its processor time.
    environment.put("NODE_COMPILE_CACHE", FOLDER.resolve("node").toString());
    environment.put("HOME", folder.resolve("home").toString());
    // The CDK CLI asks the system for its user's home, whatever HOME says.
    environment.put("CDK_HOME", folder.resolve("home/.cdk").toString());
    environment.put("NO_PROXY", "localhost,127.0.0.1");
    environment.put("PATH", Cdk.NODE.getParent() + ":" + System.getenv("PATH"));
    return environment;
  }

  /** The pinned {@code cdk} CLI, led to this engine. */
  Cdk cdk() {
    return new Cdk(environment(), folder);
  }

  /** Brings about what a cluster's record takes for granted: CDK's bootstrap, zone, certificate. */
  void prepare(Cluster record) {
    bootstrap(record.bootstrap().qualifier());
    hostedZone(record.hostedZone().id(), record.hostedZone().name().toString());
    certificate(record.api().certificate(), record.api().host().toString());
  }

  void bootstrap(String qualifier) {
    var environment = "aws://%s/%s".formatted(cluster.account(), cluster.region());
    cdk().run("bootstrap", List.of("bootstrap", environment, "--qualifier", qualifier));
  }

  /** The engine's script gives a zone the id that its caller reference is. */
  void hostedZone(String id, String name) {
    clients.route53().createHostedZone(zone -> zone.name(name).callerReference(id));
  }

  /** The engine's script gives a certificate the id that its idempotency token is. */
  void certificate(Arn arn, String domain) {
    var text = arn.toString();
    var token = text.substring(text.lastIndexOf('/') + 1).replace("-", "");
    var answer =
        clients
            .json()
            .call(
                "acm",
                "CertificateManager.RequestCertificate",
                Map.of("DomainName", domain, "IdempotencyToken", token));
    if (!answer.path("CertificateArn").asText().equals(text)) {
      throw new AssertionError("%s was asked for, and is %s".formatted(text, answer));
    }
  }

  /** Gives a value to each secret of a stack that has none, and answers their names. */
  List<String> fillSecrets(String stackName) {
    var filled = new ArrayList<String>();
    for (var resource : clients.resources(stackName)) {
      if (resource.resourceType().equals("AWS::SecretsManager::Secret")) {
        fill(resource, filled);
      }
    }
    return filled;
  }

  private void fill(StackResource resource, List<String> filled) {
    var id = resource.physicalResourceId();
    var secret = clients.secrets().describeSecret(request -> request.secretId(id));
    if (!secret.hasVersionIdsToStages() || secret.versionIdsToStages().isEmpty()) {
      clients.secrets().putSecretValue(request -> request.secretId(id).secretString("of a test"));
      filled.add(secret.name());
    }
  }

  /** Fails with the end of the engine's log when it is gone. */
  void requireAlive() {
    process.requireAlive();
  }

  @Override
  public void close() {
    clients.close();
    process.close();
  }
}
