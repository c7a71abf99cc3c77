package dev.fairway.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Somebody who sends requests to an API server, and takes an answer for an answer: none is
 * repeated, and none is an exception.
 *
 * @param headers that say who it is, where no certificate does
 */
record Caller(HttpClient http, String server, SortedMap<String, String> headers) {
  /** What an API server said, as it is. */
  record Answer(int status, String body) {}

  static Caller of(Config config) {
    try {
      var http =
          HttpClient.newBuilder()
              .sslContext(SSLUtils.sslContext(config))
              .connectTimeout(Duration.ofSeconds(10))
              .build();
      var server = config.getMasterUrl().replaceAll("/+$", "");
      return new Caller(http, server, new TreeMap<>());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, who shows a token. */
  Caller bearing(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The same, who says to be somebody else. */
  Caller as(String user) {
    return with("Impersonate-User", user);
  }

  private Caller with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Caller(http, server, more);
  }

  /** Sends a request; what would change something does so only in a dry run. */
  Answer dry(String method, String path, String body) {
    var query = method.equals("GET") ? "" : (path.contains("?") ? "&" : "?") + "dryRun=All";
    return send(method, path + query, body);
  }

  /** Sends a request as it is. */
  Answer send(String method, String path, String body) {
    // The options of a deletion are its body, if it has one, and then not what the query says.
    var bare = method.equals("GET") || method.equals("DELETE");
    var request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, bare ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header(
                "Content-Type",
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
    headers.forEach(request::header);
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body().strip());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
