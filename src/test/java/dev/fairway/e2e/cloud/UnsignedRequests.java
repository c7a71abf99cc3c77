package dev.fairway.e2e.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests to services for which no SDK is here. The engines check no signature; they read the
 * service from the scope of one.
 */
public record UnsignedRequests(URI endpoint, String region) {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Of a service that speaks JSON. */
  public JsonNode call(String service, String target, Map<String, ?> parameters) {
    try {
      var body = MAPPER.writeValueAsString(parameters);
      var request =
          request(service)
              .header("X-Amz-Target", target)
              .header("Content-Type", "application/x-amz-json-1.1")
              .POST(BodyPublishers.ofString(body));
      return MAPPER.readTree(
          answer(request.build())
              .orElseThrow(() -> new IllegalStateException("not found: " + target + parameters)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a service that takes a form and answers XML; empty when there is no such thing. */
  public Optional<String> query(
      String service, String version, String action, Map<String, String> parameters) {
    var form = new TreeMap<>(parameters);
    form.put("Action", action);
    form.put("Version", version);
    var body =
        form.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        request(service)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    return answer(request.build());
  }

  private HttpRequest.Builder request(String service) {
    return HttpRequest.newBuilder(endpoint.resolve("/"))
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0"
                .formatted(AwsClients.ACCESS_KEY, region, service));
  }

  private static Optional<String> answer(HttpRequest request) {
    try {
      var response = CLIENT.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 404) {
        return Optional.empty();
      }
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.statusCode() + ": " + response.body());
      }
      return Optional.of(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
