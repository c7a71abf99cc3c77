package dev.fairway.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The token webhook's jar as a process, as its image runs it. */
record WebhookProcess(EngineProcess process, int port) implements AutoCloseable {
  private static final Path JAR = Path.of("target/token-webhook/fairway-token-webhook.jar");
  private static final Pattern LISTENS = Pattern.compile("listens on 127\\.0\\.0\\.1:([0-9]+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** With this configuration, whose port should be 0. */
  static WebhookProcess start(String config, Path folder) {
    try {
      Files.createDirectories(folder);
      var file = Files.writeString(folder.resolve("token-webhook.json"), config);
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      var process =
          EngineProcess.run(
              "token-webhook",
              List.of(
                  java,
                  "-XX:+UseSerialGC",
                  "-Xmx96m",
                  "-XX:MaxMetaspaceSize=48m",
                  "-XX:ReservedCodeCacheSize=24m",
                  "-jar",
                  JAR.toAbsolutePath().toString(),
                  file.toString()),
              folder.resolve("token-webhook.log"));
      return new WebhookProcess(process, port(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(EngineProcess process) {
    Eventually.holds(
        "the token webhook listens",
        Duration.ofSeconds(30),
        () -> {
          process.requireAlive();
          return LISTENS.matcher(process.log()).find();
        });
    var listens = LISTENS.matcher(process.log());
    if (!listens.find()) {
      throw new AssertionError(process.log());
    }
    return Integer.parseInt(listens.group(1));
  }

  /** The answer to a TokenReview of its own. */
  String review(String token) {
    return send(
        HttpRequest.newBuilder(uri("/tokenreviews"))
            .POST(
                BodyPublishers.ofString(
                    "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenReview\","
                        + " \"spec\": {\"token\": \"%s\"}}".formatted(token)))
            .build());
  }

  String get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static String send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
