package dev.fairway.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The question of an API server, {@code authentication.k8s.io/v1}, and its answer. */
final class TokenReview {
  private static final String API_VERSION = "authentication.k8s.io/v1";
  private static final String KIND = "TokenReview";

  private TokenReview() {}

  /** The token that is asked about, or empty when this is no such question. */
  static Optional<String> token(byte[] body) {
    return Json.object(body)
        .filter(review -> Json.text(review, "apiVersion").equals(Optional.of(API_VERSION)))
        .filter(review -> Json.text(review, "kind").equals(Optional.of(KIND)))
        .flatMap(review -> Json.text(review.path("spec"), "token"));
  }

  /**
   * An answer names no audiences: the token is for this cluster's API, and a server that was asked
   * for another audience then refuses it. An {@code error} keeps the server from remembering.
   */
  static byte[] bytes(Answer answer) {
    var json = JsonNodeFactory.instance.objectNode().put("apiVersion", API_VERSION);
    ObjectNode status = json.put("kind", KIND).putObject("status");
    switch (answer) {
      case Answer.Authenticated it -> {
        var user = status.put("authenticated", true).putObject("user").put("username", it.user());
        var groups = user.putArray("groups");
        it.groups().forEach(groups::add);
      }
      case Answer.Refused _ -> status.put("authenticated", false);
      case Answer.Unavailable it -> status.put("authenticated", false).put("error", it.reason());
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
