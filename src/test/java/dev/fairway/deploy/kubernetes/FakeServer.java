package dev.fairway.deploy.kubernetes;

import dev.fairway.Compiled;
import dev.fairway.model.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers by method and path, the last answer again and again; what it lacks is missing. */
final class FakeServer implements Transport, InstantSource {
  private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

  /** The API of the example cluster {@code e2e}, on this server and by its clock. */
  ClusterApi api() {
    return new ClusterApi(cluster(), this, this);
  }

  static Cluster cluster() {
    return Compiled.fleet().find("e2e").orElseThrow().cluster();
  }

  /** One answer after the other. */
  FakeServer on(String method, String path, Answer... given) {
    answers.put(method + " " + path, new CopyOnWriteArrayList<>(given));
    return this;
  }

  static Answer done(String json) {
    return new Answer.Done(200, Json.of(json));
  }

  static Answer refused(int status, String json) {
    return new Answer.Refused(status, Json.of(json));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** As {@code METHOD path}, in order. */
  List<String> asked() {
    return requests.stream().map(request -> request.method() + " " + request.path()).toList();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public String server() {
    return "https://server.test";
  }

  @Override
  public Answer send(Request request, Duration limit) {
    requests.add(request);
    var path = request.path().replaceAll("\\?.*", "");
    var given = answers.getOrDefault(request.method() + " " + path, List.of());
    if (given.isEmpty()) {
      return refused(404, "{reason: 'NotFound', message: 'not found'}");
    }
    return given.size() > 1 ? given.removeFirst() : given.getFirst();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void close() {}
}
