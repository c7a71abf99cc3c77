package dev.fairway.channel;

/**
 * The wish to move a branch to another's tip.
 *
 * @param base the branch to move, such as {@code alpha}
 * @param head the branch that it is moved to, such as {@code promote/alpha/0123}, pushed already
 * @param body Markdown, cut with a word about it where it is too long
 */
public record PullRequest(String base, String head, String title, String body) {}
