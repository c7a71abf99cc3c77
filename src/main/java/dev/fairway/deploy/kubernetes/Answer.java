package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.diagnostic.Diagnostic;

/** What came of a request. */
sealed interface Answer {

  /**
   * It was done.
   *
   * @param body a text node when it is no JSON
   */
  record Done(int status, JsonNode body) implements Answer {}

  /**
   * The server would not.
   *
   * @param body mostly a Status object
   */
  record Refused(int status, JsonNode body) implements Answer {
    String message() {
      return body.isTextual() ? body.asText().strip() : body.path("message").asText("");
    }

    String reason() {
      return body.path("reason").asText("");
    }

    boolean isMissing() {
      return status == 404;
    }

    /** Somebody else was faster: the object is another by now. */
    boolean isOutdated() {
      return status == 409;
    }

    /** The server is busy or half up, and may say something else in a moment. */
    boolean passes() {
      return status == 429 || (status >= 500 && !isUnknownField());
    }

    /** Server-side apply answers 500 to a field that no schema has, as if it was its own fault. */
    private boolean isUnknownField() {
      return message().startsWith("failed to create typed patch object");
    }
  }

  /**
   * Nobody answered.
   *
   * @param passes whether it may be otherwise in a moment, as with a server that starts
   */
  record Unreachable(String why, boolean passes) implements Answer {}

  /** It was not even sent: there is a reason to write nothing. */
  record Stopped(Diagnostic why) implements Answer {}
}
