package dev.fairway.channel;

import java.util.Optional;

/**
 * The wish to move a branch to another's tip.
 *
 * @param base the branch to move, such as {@code alpha}
 * @param head the branch that it is moved to, such as {@code promote/alpha/0123}, pushed already
 * @param body Markdown, cut with a word about it where it is too long
 * @param series of which one at a time is open for a base, such as {@code promote}: lower-case
 *     letters; empty where others stay open beside it
 */
public record PullRequest(
    String base, String head, String title, String body, Optional<String> series) {

  /** One that others stay open beside. */
  public PullRequest(String base, String head, String title, String body) {
    this(base, head, title, body, Optional.empty());
  }

  /** What the body of each of the series begins with. */
  Optional<String> marker() {
    return series.map("<!-- fairway-series:%s -->\n"::formatted);
  }
}
