package dev.fairway.channel;

import java.time.Instant;
import java.util.Optional;

/**
 * The window that a channel is in, in which nothing enters it.
 *
 * @param until when it ends, windows that follow without a gap included; empty when no end is near
 */
record Frozen(String reason, Optional<Instant> until) {}
