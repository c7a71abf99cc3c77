package dev.fairway.channel;

import dev.fairway.diagnostic.Outcome;
import java.net.URI;

/**
 * What the place that people look at a repository through keeps beside its branches. Nothing here
 * moves a branch, and no promotion depends on it: Git alone says what a channel is.
 *
 * <p>Each call may be repeated, and leaves what one call leaves.
 */
public interface PullRequests {
  /**
   * Opens the pull request of a branch, or gives the one that is open the base, title and body that
   * are wanted; closes those of its series that it takes the place of.
   *
   * @return where people read it
   */
  Outcome<URI> open(PullRequest wanted);

  /**
   * Comments on the open pull request of a branch, in the place of an earlier comment with the same
   * key.
   *
   * @param head the pull request's branch, such as {@code promote/alpha/0123}
   * @param key what the comment is about, such as {@code diff}: lower-case letters and dashes
   * @param markdown cut with a word about it where it is too long
   * @return where people read it
   */
  Outcome<URI> comment(String head, String key, String markdown);

  /** Says of a commit what came of a test. A later status with the same context takes its place. */
  Outcome<URI> status(String commit, CommitStatus status);
}
