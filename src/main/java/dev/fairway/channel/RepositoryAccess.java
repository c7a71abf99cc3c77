package dev.fairway.channel;

import java.util.Optional;

/**
 * How a repository's remote is reached.
 *
 * @param remote as {@code git remote} has it
 * @param token what an HTTPS remote is given as the password; SSH uses the keys and the agent that
 *     the user's own SSH uses
 */
public record RepositoryAccess(String remote, Optional<String> token) {
  /** What a clone calls where it came from. */
  public static final String ORIGIN = "origin";

  /** The usual remote, and nobody to be. */
  public static final RepositoryAccess ANONYMOUS = new RepositoryAccess(ORIGIN, Optional.empty());

  /** A token never shows up in a log. */
  @Override
  public String toString() {
    return remote + (token.isPresent() ? " with a token" : "");
  }
}
