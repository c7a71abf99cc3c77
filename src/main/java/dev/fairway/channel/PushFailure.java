package dev.fairway.channel;

/**
 * A push that moved nothing, as far as its answer says.
 *
 * @param refusal what is told when the remote stands as it stood: nobody else was first
 * @param isPassing whether somebody may have been moving a branch at that very moment, so that the
 *     same push may do a little later
 */
record PushFailure(GitFailure refusal, boolean isPassing) {}
