package dev.fairway.deploy.kubernetes;

import java.time.Duration;

/** Carries one request to an API server and brings its answer; asks once. */
interface Transport extends AutoCloseable {

  /** Its URL, without a slash at the end. */
  String server();

  Answer send(Request request, Duration limit);

  @Override
  void close();
}
