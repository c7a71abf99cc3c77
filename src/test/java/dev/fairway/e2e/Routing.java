package dev.fairway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real Skipper, started as its DaemonSet says but for addresses, with the rights of its own
 * account, before an application that an Ingress and a RouteGroup lead to.
 */
final class Routing implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String OBJECTS =
      """
      {"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Service",
         "metadata": {"name": "app", "namespace": "default"},
         "spec": {"ports": [{"name": "http", "port": 80, "targetPort": PORT}]}},
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
         "metadata": {"name": "app-1", "namespace": "default",
           "labels": {"kubernetes.io/service-name": "app"}},
         "addressType": "IPv4", "ports": [{"name": "http", "port": PORT}],
         "endpoints": [{"addresses": ["POD"], "conditions": {"ready": true}},
           {"addresses": ["10.2.0.78"], "conditions": {"ready": false}}]},
        {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
         "metadata": {"name": "app", "namespace": "default"},
         "spec": {"rules": [{"host": "ingress.example.org", "http": {"paths": [
           {"path": "/", "pathType": "Prefix",
            "backend": {"service": {"name": "app", "port": {"name": "http"}}}}]}}]}},
        {"apiVersion": "zalando.org/v1", "kind": "RouteGroup",
         "metadata": {"name": "app", "namespace": "default"},
         "spec": {"hosts": ["routes.example.org"],
           "backends": [
             {"name": "app", "type": "service", "serviceName": "app", "servicePort": 80},
             {"name": "here", "type": "shunt"}],
           "defaultBackends": [{"backendName": "app"}],
           "routes": [
             {"pathSubtree": "/", "filters": ["setResponseHeader(\\"X-Route\\", \\"by-group\\")"]},
             {"path": "/teapot", "filters": ["status(418)"],
              "backends": [{"backendName": "here"}]}]}},
        {"apiVersion": "zalando.org/v1", "kind": "RouteGroup",
         "metadata": {"name": "broken", "namespace": "default"},
         "spec": {"hosts": ["broken.example.org"],
           "backends": [{"name": "here", "type": "shunt"}],
           "routes": [{"path": "/", "filters": ["noSuchFilter()"],
             "backends": [{"backendName": "here"}]}]}}]}
      """;

  private final PodNetwork network;
  private final EngineProcess skipper;
  private final List<String> arguments;
  private final Path log;
  private final int port;
  private final int support;

  /** An answer, with its headers. */
  record Reply(int status, String text) {}

  /** What came of the requests while Skipper ended, and how it did. */
  record Ended(int slowOne, int newOne, int health, int exit, long seconds) {
    List<List<String>> rows() {
      return List.of(
          List.of("the request that it had", "" + slowOne),
          List.of("a new request", "" + newOne),
          List.of("the load balancer's health check", "" + health),
          List.of("it ended with", "" + exit),
          List.of("after seconds", "" + seconds));
    }
  }

  private Routing(ControlPlane controlPlane, PodNetwork network) throws IOException {
    var folder = controlPlane.kubeconfig().resolveSibling("skipper");
    this.network = network;
    this.port = FreePort.next();
    this.support = FreePort.next();
    this.log = folder.resolve("log");
    var token = folder.resolve("token");
    MasterFiles.write(token, token(controlPlane.admin()));
    this.arguments = emitted().stream().flatMap(it -> rewritten(it, token)).toList();
    this.skipper = EngineProcess.start("skipper", arguments, log);
  }

  /** Returns when Skipper is ready, which it says once it has routes. */
  static Routing start(ControlPlane controlPlane) throws IOException {
    var network = PodNetwork.start(Caller.of(controlPlane.anonymous().getConfiguration()));
    controlPlane
        .admin()
        .load(
            new ByteArrayInputStream(
                OBJECTS
                    .replace("PORT", "" + network.podPort())
                    .replace("POD", PodNetwork.POD)
                    .getBytes(UTF_8)))
        .serverSideApply();
    var routing = new Routing(controlPlane, network);
    Eventually.holds(
        "Skipper has the routes",
        PATIENCE,
        () -> {
          routing.skipper.requireAlive();
          return routing.get("routes.example.org", "/teapot").status() == 418;
        });
    return routing;
  }

  List<String> arguments() {
    return arguments;
  }

  Path log() {
    return log;
  }

  String metrics() {
    return ask(support, "localhost", "/metrics").text();
  }

  Reply get(String host, String path) {
    return ask(port, host, path);
  }

  /** Tells Skipper to end while it has a request, and asks it on. */
  Ended end() throws Exception {
    var slowOne = CompletableFuture.supplyAsync(() -> get("routes.example.org", "/slow").status());
    network.awaitSlowOne();
    var begin = Instant.now();
    if (!skipper.handle().destroy()) {
      throw new AssertionError("Skipper can't be told to end");
    }
    Eventually.holds(
        "Skipper fails its health check",
        Duration.ofSeconds(10),
        () -> get("any.example.org", "/kube-system/healthz").status() == 503);
    var health = get("any.example.org", "/kube-system/healthz").status();
    var newOne = get("ingress.example.org", "/late").status();
    var finished = slowOne.get(30, TimeUnit.SECONDS);
    var exit = skipper.exit(Duration.ofMinutes(2));
    return new Ended(
        finished, newOne, health, exit, Duration.between(begin, Instant.now()).toSeconds());
  }

  private static List<String> emitted() {
    return Manifests.of(Assemblies.of("e2e")).stream()
        .filter(object -> object.getKind().equals("DaemonSet"))
        .filter(object -> object.getMetadata().getName().equals("skipper"))
        .map(object ->
            object.<@Nullable List<?>>get("spec", "template", "spec", "containers", 0, "args"))
        .flatMap(arguments -> arguments == null ? Stream.of() : arguments.stream())
        .map(Object::toString)
        .toList();
  }

  /** All that is not as the DaemonSet has it. */
  private Stream<String> rewritten(String argument, Path token) {
    return switch (argument) {
      case "-kubernetes-in-cluster" ->
          Stream.of("-kubernetes-url=" + network.apiServer(), "-kubernetes-token-file=" + token);
      case "-address=:9999" -> Stream.of("-address=127.0.0.1:" + port);
      case "-support-listener=:9911" -> Stream.of("-support-listener=127.0.0.1:" + support);
      default -> Stream.of(argument);
    };
  }

  private static String token(KubernetesClient admin) {
    return admin
        .serviceAccounts()
        .inNamespace("kube-system")
        .withName("skipper")
        .tokenRequest(
            new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build())
        .getStatus()
        .getToken();
  }

  /** By hand: Java's own clients let nobody choose the host. */
  private static Reply ask(int port, String host, String path) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return new Reply(Integer.parseInt(answer.split(" ", 3)[1]), answer.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    skipper.close();
    network.close();
  }
}
