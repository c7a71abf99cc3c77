package dev.fairway.channel;

import dev.fairway.model.Digest;
import java.time.Instant;

/**
 * A channel whose whole chain is sound.
 *
 * @param commits how many it has
 * @param since when the first one was made
 */
public record Verified(String channel, int commits, String tip, Digest release, Instant since) {}
