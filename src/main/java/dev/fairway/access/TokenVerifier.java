package dev.fairway.access;

/** How a token is found to be good. */
sealed interface TokenVerifier permits SignedTokens, Introspection {
  /** What its issuer says of it. */
  Claim verify(String token) throws OutageException;

  /** Whether tokens can be verified at all, as far as is known without one. */
  boolean isReady();
}
