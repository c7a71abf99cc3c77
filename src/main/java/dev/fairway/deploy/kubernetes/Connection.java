package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * The wire to an API server. Of the client library only what knows kubeconfigs and credentials is
 * used: its typed half takes longer to start than a deploy of nothing.
 */
final class Connection implements Transport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final String root;

  private Connection(HttpClient client, String root) {
    this.client = client;
    this.root = root;
  }

  static Connection to(Config config) {
    // Who asks knows better when to ask again than a loop below it.
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(5_000);
    var url = config.getMasterUrl();
    return new Connection(
        new JdkHttpClientFactory().newBuilder(config).build(),
        url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  @Override
  public String server() {
    return root;
  }

  @Override
  public Answer send(Request request, Duration limit) {
    try {
      return answer(
          client
              .sendAsync(http(request, limit), byte[].class)
              .get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Answer.Unreachable("no answer within " + limit.toSeconds() + " s", true);
    } catch (ExecutionException e) {
      return unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("interrupted", false);
    }
  }

  private HttpRequest http(Request request, Duration limit) {
    var builder =
        client
            .newHttpRequestBuilder()
            .uri(root + request.path())
            .header("Accept", request.accept())
            .timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    return request
        .body()
        .map(body -> builder.method(request.method(), request.type(), body.toString()))
        .orElse(builder)
        .build();
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    var body = body(response.body());
    return response.isSuccessful()
        ? new Answer.Done(response.code(), body)
        : new Answer.Refused(response.code(), body);
  }

  private static JsonNode body(byte[] bytes) {
    var text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    try {
      return text.startsWith("{") ? JSON.readTree(text) : TextNode.valueOf(text);
    } catch (JsonProcessingException _) {
      return TextNode.valueOf(text);
    }
  }

  private static Answer unreachable(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new Answer.Unreachable(words(cause), !isForGood(cause));
  }

  /** A certificate that nobody here trusts is no better in a moment. */
  private static boolean isForGood(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException ssl && String.valueOf(ssl.getMessage()).contains("PKIX")) {
        return true;
      }
    }
    return false;
  }

  private static String words(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        return cause.getMessage();
      }
    }
    return failure.getClass().getSimpleName();
  }

  @Override
  public void close() {
    client.close();
  }
}
