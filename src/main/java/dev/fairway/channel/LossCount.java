package dev.fairway.channel;

import dev.fairway.release.Release;

/** Counts what a channel loses when one release takes the place of another. */
@FunctionalInterface
public interface LossCount {
  Losses between(Release before, Release after);
}
