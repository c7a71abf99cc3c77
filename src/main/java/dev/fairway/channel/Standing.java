package dev.fairway.channel;

import java.time.Instant;

/**
 * A commit's status in one context, and since when.
 *
 * @param since when it was said last
 */
public record Standing(CommitStatus.State state, Instant since) {}
