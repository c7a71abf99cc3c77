package dev.fairway.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The service's HTTP side. It listens on loopback and nowhere else: it has no TLS. */
final class WebhookServer implements AutoCloseable {
  /** A review with the longest token that is taken has less. */
  private static final int BODY_LIMIT = 32 * 1024;

  private static final int GRACE_SECONDS = 5;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Authenticator authenticator;
  private final Metrics metrics;

  private WebhookServer(HttpServer server, Authenticator authenticator, Metrics metrics) {
    this.server = server;
    this.authenticator = authenticator;
    this.metrics = metrics;
  }

  /**
   * Serves.
   *
   * @param port 0 for any that is free
   */
  static WebhookServer start(int port, Authenticator authenticator, Metrics metrics)
      throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var webhook = new WebhookServer(HttpServer.create(address, 64), authenticator, metrics);
    webhook.server.setExecutor(webhook.threads);
    webhook.server.createContext("/", webhook::handle);
    webhook.server.start();
    return webhook;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(GRACE_SECONDS);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
        case "POST /tokenreviews" -> review(exchange);
        case "GET /livez" -> text(exchange, 200, "ok\n");
        case "GET /readyz" -> readiness(exchange);
        case "GET /metrics" -> text(exchange, 200, metrics.text());
        default -> text(exchange, 404, "nothing is here\n");
      }
    }
  }

  private void readiness(HttpExchange exchange) throws IOException {
    if (authenticator.isReady()) {
      text(exchange, 200, "ok\n");
    } else {
      text(exchange, 503, "the issuer's keys can't be had\n");
    }
  }

  private void review(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (body.length > BODY_LIMIT) {
      text(exchange, 413, "no TokenReview is so long\n");
      return;
    }
    var token = TokenReview.token(body);
    if (token.isEmpty()) {
      text(exchange, 400, "no TokenReview of authentication.k8s.io/v1\n");
      return;
    }
    send(exchange, 200, "application/json", TokenReview.bytes(authenticator.answer(token.get())));
  }

  private static void text(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
