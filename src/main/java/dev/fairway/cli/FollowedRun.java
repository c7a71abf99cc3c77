package dev.fairway.cli;

import dev.fairway.deploy.run.Listener;

/** A listener that is closed when there is no more to tell. */
interface FollowedRun extends Listener, AutoCloseable {
  @Override
  void close();
}
