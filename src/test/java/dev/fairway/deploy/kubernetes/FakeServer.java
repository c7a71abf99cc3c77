package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
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
public final class FakeServer implements Transport, InstantSource {
  private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

  /** The API of the example cluster {@code e2e}, on this server and by its clock. */
  public ClusterApi api() {
    return new ClusterApi(cluster(), this, this);
  }

  public static Cluster cluster() {
    return Compiled.fleet().find("e2e").orElseThrow().cluster();
  }

  /** One answer after the other. */
  FakeServer on(String method, String path, Answer... given) {
    answers.put(method + " " + path, new CopyOnWriteArrayList<>(given));
    return this;
  }

  /** The same answer again and again. */
  public FakeServer says(String method, String path, String json) {
    return on(method, path, done(json));
  }

  /** An object that is Fairway's. */
  public FakeServer owns(String path) {
    return says("GET", path, live(path));
  }

  /** One that is Fairway's, looked at twice, deleted and gone. */
  public FakeServer deletes(String path) {
    on("GET", path, done(live(path)), done(live(path)), refused(404, "{}"));
    return says("DELETE", path, "{}");
  }

  private static String live(String path) {
    return "{metadata: {name: '%s', uid: 'u', resourceVersion: '3', labels: {'%s': '%s'}}}"
        .formatted(path.replaceAll(".*/", ""), ApplySet.MEMBER_LABEL, ApplySet.ID);
  }

  /** Nobody answers, and somebody may in a moment. */
  public FakeServer isSilent(String path) {
    return on("GET", path, new Answer.Unreachable("refused", true));
  }

  public FakeServer refuses(String path, int status) {
    return on("GET", path, refused(status, "{message: 'no'}"));
  }

  static Answer done(String json) {
    return new Answer.Done(200, Json.of(json));
  }

  static Answer refused(int status, String json) {
    return new Answer.Refused(status, Json.of(json));
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** As {@code METHOD path}, in order. */
  public List<String> asked() {
    return requests.stream().map(request -> request.method() + " " + request.path()).toList();
  }

  /** What was last sent with this method and path. */
  public JsonNode sent(String method, String path) {
    return requests.reversed().stream()
        .filter(request -> request.method().equals(method) && request.path().startsWith(path))
        .findFirst()
        .flatMap(Request::body)
        .orElseThrow();
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
