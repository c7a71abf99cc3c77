package dev.fairway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands for the network of pods: an application's pod on loopback, and a way to the API server on
 * which the pod's address becomes that one. The API server itself takes no address of loopback for
 * a pod's. Whoever asks is asked on in its own name, by its own token.
 */
final class PodNetwork implements AutoCloseable {
  /** What the API server holds. */
  static final String POD = "10.2.0.77";

  static final Duration SLOW = Duration.ofSeconds(3);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch slowOne = new CountDownLatch(1);
  private final Caller api;
  private final HttpServer application;
  private final HttpServer way;

  private PodNetwork(Caller api) {
    this.api = api;
    this.application = serve(this::answer);
    this.way = serve(this::passOn);
  }

  /**
   * Starts both.
   *
   * @param api of somebody who says nothing of themselves
   */
  static PodNetwork start(Caller api) {
    return new PodNetwork(api);
  }

  /** Where the pod listens. */
  int podPort() {
    return application.getAddress().getPort();
  }

  String apiServer() {
    return "http://127.0.0.1:" + way.getAddress().getPort();
  }

  /** Returns when a request for {@code /slow} has reached the pod. */
  void awaitSlowOne() throws InterruptedException {
    if (!slowOne.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody asked for /slow");
    }
  }

  private HttpServer serve(HttpHandler handler) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", handler);
      server.setExecutor(threads);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.equals("/slow")) {
      slowOne.countDown();
      try {
        Thread.sleep(SLOW);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    var host = exchange.getRequestHeaders().getFirst("Host");
    send(exchange, 200, "the application was asked for %s%s".formatted(host, path));
  }

  private void passOn(HttpExchange exchange) throws IOException {
    var token = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
    var path = exchange.getRequestURI().toString();
    var answer = api.bearing(token).dry(exchange.getRequestMethod(), path, "");
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, answer.status(), answer.body().replace('"' + POD + '"', "\"127.0.0.1\""));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      var bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    application.stop(0);
    way.stop(0);
    threads.close();
  }
}
