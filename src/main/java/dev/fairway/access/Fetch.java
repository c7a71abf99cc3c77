package dev.fairway.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to others, each bounded in time and in the size of its answer. No redirect is followed:
 * it could lead a token to somebody else.
 */
record Fetch(HttpClient http, Duration patience) {
  /** A key set has some kilobytes, and a user's roles have less. */
  private static final int LIMIT = 512 * 1024;

  /** A whole answer, whatever its status. */
  @SuppressWarnings("ArrayRecordComponent")
  record Response(int status, byte[] body) {}

  static Fetch within(Duration patience) {
    return new Fetch(
        HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(patience).build(),
        patience);
  }

  Response get(URI uri, SortedMap<String, String> headers) throws OutageException {
    return send("GET", BodyPublishers.noBody(), uri, headers);
  }

  Response post(URI uri, String form, SortedMap<String, String> headers) throws OutageException {
    return send("POST", BodyPublishers.ofString(form), uri, headers);
  }

  private Response send(
      String method, BodyPublisher body, URI uri, SortedMap<String, String> headers)
      throws OutageException {
    var request = HttpRequest.newBuilder(uri).method(method, body).timeout(patience);
    headers.forEach(request::header);
    // The request's own time-out ends with the headers; a body may drip for ever.
    var answer =
        http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LIMIT));
    try {
      var response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Response(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw new OutageException(uri.getHost() + " does not answer in time", e);
    } catch (ExecutionException e) {
      throw new OutageException(uri.getHost() + " can't be asked: " + named(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutageException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String named(ExecutionException e) {
    return e.getCause() instanceof IOException cause
        ? cause.getClass().getSimpleName()
        : "a failure of our own";
  }
}
