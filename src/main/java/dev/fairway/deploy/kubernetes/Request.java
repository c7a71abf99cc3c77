package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One question to an API server.
 *
 * @param path with its query, from the server's root
 * @param type of the body
 */
record Request(String method, String path, String accept, String type, Optional<JsonNode> body) {
  private static final String JSON = "application/json";

  static Request get(String path) {
    return new Request("GET", path, JSON, JSON, Optional.empty());
  }

  static Request get(String path, String accept) {
    return new Request("GET", path, accept, JSON, Optional.empty());
  }

  static Request post(String path, JsonNode body) {
    return new Request("POST", path, JSON, JSON, Optional.of(body));
  }

  static Request put(String path, JsonNode body) {
    return new Request("PUT", path, JSON, JSON, Optional.of(body));
  }

  static Request delete(String path, JsonNode options) {
    return new Request("DELETE", path, JSON, JSON, Optional.of(options));
  }

  /** Server-side apply; JSON is YAML. */
  static Request apply(String path, JsonNode object) {
    return new Request("PATCH", path, JSON, "application/apply-patch+yaml", Optional.of(object));
  }
}
