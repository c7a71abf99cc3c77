package dev.fairway.access;

import java.time.Instant;
import java.util.List;

/** What is said of a token. Only the first lets anybody in. */
sealed interface Answer {
  /**
   * Whose token it is.
   *
   * @param expires when the token does
   */
  record Authenticated(String user, List<String> groups, Instant expires) implements Answer {
    public Authenticated {
      groups = List.copyOf(groups);
    }
  }

  /** The token is not good. The reason never holds any of it. */
  record Refused(String reason) implements Answer {}

  /** Nobody can say now, so nobody gets in; it is asked anew the next time. */
  record Unavailable(String reason) implements Answer {}
}
