package dev.fairway.access;

import java.time.Instant;

/** What an issuer says of a token. */
sealed interface Claim {
  /** It is good, and this user's until then. */
  record Held(String user, Instant expires) implements Claim {}

  record Refused(String reason) implements Claim {}
}
