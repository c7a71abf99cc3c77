package dev.fairway.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.deploy.run.Deadline;
import dev.fairway.deploy.run.Event;
import dev.fairway.deploy.run.Listener;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The API of one cluster, reached by {@code KUBECONFIG} as {@code kubectl} would. What fails for a
 * moment is asked again; everything else is told at once. For several threads.
 */
public final class ClusterApi implements AutoCloseable {
  private static final Duration ONE_REQUEST = Duration.ofSeconds(30);
  private static final Duration GLANCE = Duration.ofSeconds(4);

  /** How long the answer to one question may be on its way, however often it is asked. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A server that starts knows nobody until its roles and webhooks are there. */
  private static final Duration STRANGER = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration READY_PAUSE = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Transport transport;
  private final InstantSource clock;
  private volatile Kinds kinds = Kinds.NONE;

  ClusterApi(Cluster cluster, Transport transport, InstantSource clock) {
    this.cluster = cluster;
    this.transport = transport;
    this.clock = clock;
  }

  /** Asks nothing yet; errors: no kubeconfig, or one that can't be read. */
  public static Outcome<ClusterApi> of(Cluster cluster, InstantSource clock) {
    return Kubeconfig.ofEnvironment()
        .map(config -> new ClusterApi(cluster, Connection.to(config), clock));
  }

  /** The same with a kubeconfig that stands elsewhere. */
  public static Outcome<ClusterApi> of(Cluster cluster, Path kubeconfig, InstantSource clock) {
    return Kubeconfig.of(List.of(kubeconfig))
        .map(config -> new ClusterApi(cluster, Connection.to(config), clock));
  }

  public Cluster cluster() {
    return cluster;
  }

  /** The URL that requests go to. */
  public String server() {
    return transport.server();
  }

  InstantSource clock() {
    return clock;
  }

  /**
   * Asks once, and takes a few seconds at most. A server that answers and does not let us in is no
   * server that is not there.
   */
  public Outcome<Boolean> isThere() {
    return switch (transport.send(Request.get("/readyz"), GLANCE)) {
      case Answer.Done _ -> Outcome.of(true);
      case Answer.Refused refused when !refused.passes() ->
          Outcomes.error(Refusals.of(this, "ask whether it is ready", refused));
      case Answer _ -> Outcome.of(false);
    };
  }

  /** Errors name the checks that fail. */
  public Outcome<ClusterApi> awaitReady(Deadline deadline, Listener listener) {
    var strangers = deadline.within(STRANGER);
    return deadline
        .poll(READY_PAUSE, () -> ready(strangers, listener))
        .orElseGet(() -> Outcomes.error(Refusals.notReady(this, transport.send(VERBOSE, GLANCE))));
  }

  private static final Request VERBOSE = Request.get("/readyz?verbose");

  private Optional<Outcome<ClusterApi>> ready(Deadline strangers, Listener listener) {
    return switch (transport.send(VERBOSE, GLANCE)) {
      case Answer.Done _ -> Optional.of(Outcome.of(this));
      case Answer.Refused(int status, var _)
          when (status == 401 || status == 403) && !strangers.isOver() ->
          told(listener, "does not know the caller yet");
      case Answer.Refused refused when refused.passes() -> told(listener, failing(refused));
      case Answer.Refused refused ->
          Optional.of(Outcomes.error(Refusals.of(this, "ask whether it is ready", refused)));
      case Answer.Unreachable(var why, var passes) when passes -> told(listener, why);
      case Answer gone ->
          Optional.of(Outcomes.error(Refusals.of(this, "ask whether it is ready", gone)));
    };
  }

  private Optional<Outcome<ClusterApi>> told(Listener listener, String state) {
    listener.told(new Event.Item("api", server(), state));
    return Optional.empty();
  }

  private static String failing(Answer.Refused refused) {
    return "not ready: " + String.join(", ", Refusals.failingChecks(refused));
  }

  /**
   * Proves that this is the cluster of the record: its tokens say who issued them, and that is the
   * URL of its API. A kubeconfig of another cluster must never be deployed to.
   */
  public Outcome<ClusterApi> belongsToCluster(Deadline deadline) {
    return ask(Request.get("/.well-known/openid-configuration"), deadline, "read its issuer")
        .map(body -> body.path("issuer").asText())
        .then(this::provenBy);
  }

  private Outcome<ClusterApi> provenBy(String issuer) {
    var expected = cluster.api().url();
    if (issuer.equals(expected)) {
      return Outcome.of(this);
    }
    return Outcomes.error(
        Diagnostic.general(
            Code.ANOTHER_CLUSTER,
            "%s is not cluster %s: its issuer is %s, and that cluster's is %s"
                .formatted(server(), cluster.alias(), issuer, expected),
            "let KUBECONFIG and its current context be of cluster " + cluster.alias()));
  }

  /** The body of the answer, or what is wrong; asks again while that may help. */
  Outcome<JsonNode> ask(Request request, Deadline deadline, String purpose) {
    return switch (send(request, deadline)) {
      case Answer.Done(int _, var body) -> Outcome.of(body);
      case Answer answer -> Outcomes.error(Refusals.of(this, purpose, answer));
    };
  }

  /** The last answer, when asking again no longer helps or no longer fits in the time. */
  Answer send(Request request, Deadline deadline) {
    return send(request, deadline, Guard.NONE);
  }

  /** The same for a write, which the guard may stop before each try. */
  Answer send(Request request, Deadline deadline, Guard guard) {
    var limit = deadline.within(PATIENCE);
    var pause = PAUSE;
    while (true) {
      var objection = guard.objection();
      if (objection.isPresent()) {
        return new Answer.Stopped(objection.get());
      }
      var answer = transport.send(request, ONE_REQUEST);
      if (!passes(answer) || limit.isOver()) {
        return answer;
      }
      Pauses.sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  /** Asks once: for what has a rhythm of its own. */
  Answer sendOnce(Request request, Duration limit) {
    return transport.send(request, limit);
  }

  private static boolean passes(Answer answer) {
    return switch (answer) {
      case Answer.Done _, Answer.Stopped _ -> false;
      case Answer.Refused refused -> refused.passes();
      case Answer.Unreachable(var _, var passes) -> passes;
    };
  }

  /** What is served now, asked anew. */
  Outcome<Kinds> freshKinds(Deadline deadline) {
    var groups =
        Parallel.map(
            List.of("/api", "/apis"),
            path -> ask(Request.get(path, Kinds.ACCEPT), deadline, "read what it serves"));
    return Outcomes.all(groups)
        .map(lists -> Kinds.NONE.plus(lists.getFirst()).plus(lists.getLast()))
        .map(fresh -> kinds = fresh);
  }

  /** What was served when it was last asked. */
  Outcome<Kinds> kinds(Deadline deadline) {
    return kinds.equals(Kinds.NONE) ? freshKinds(deadline) : Outcome.of(kinds);
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return List.of(cluster.alias(), server()).stream().collect(Collectors.joining(" at "));
  }
}
