package dev.fairway.channel;

import java.net.URI;
import java.util.Optional;

/**
 * What came of a test of a commit.
 *
 * @param context which test it was, such as {@code end-to-end/alpha}
 * @param description one line; cut where it is too long
 * @param details where it can be read up
 */
public record CommitStatus(State state, String context, String description, Optional<URI> details) {
  /** How it stands. */
  public enum State {
    PENDING,
    SUCCESS,
    FAILURE,
    ERROR
  }
}
