package dev.fairway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.e2e.AccessTable.Request;
import dev.fairway.e2e.AccessTable.Subject;
import dev.fairway.e2e.AccessTable.Who;
import dev.fairway.e2e.Caller.Answer;
import dev.fairway.e2e.report.Evidence;
import dev.fairway.e2e.report.Item;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what, asked of a real API server with the platform's own rules in it. */
@Tag("e2e")
@Item(4)
final class AccessTest {
  private static final AccessTable TABLE = AccessTable.read();
  private static AccessCluster cluster;

  @BeforeAll
  static void start() {
    cluster = AccessCluster.start("access");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  static List<Subject> subjects() {
    return TABLE.subjects();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void isAnsweredAsTheTableSays(Subject subject, Evidence evidence) {
    var caller = cluster.caller(subject.who());
    var rows = new ArrayList<List<String>>();
    var wrong = new ArrayList<String>();
    for (var request : subject.requests()) {
      var answer = ask(caller, request);
      rows.add(
          List.of(
              request.passes() ? "passes" : "refused", request.toString(), "" + answer.status()));
      if (!isRight(subject.who(), request, answer)) {
        wrong.add("%s: %d %s".formatted(request, answer.status(), message(answer)));
      }
    }
    evidence
        .engine("kube-apiserver 1.36.2")
        .table(subject.toString(), List.of("must be", "request", "status"), rows);

    assertThat(wrong).as(subject.toString()).isEmpty();
  }

  @Test
  void everyProgramIsInTheTable() {
    var accounts =
        Manifests.of(Assemblies.of("e2e")).stream()
            .filter(object -> object.getKind().equals("ServiceAccount"))
            .map(object -> object.getMetadata().getName())
            .toList();
    var listed =
        TABLE.subjects().stream()
            .flatMap(
                s -> s.who() instanceof Who.ServiceAccount a ? List.of(a.name()).stream() : null)
            .toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(accounts);
    assertThat(TABLE.subjects())
        .allSatisfy(subject -> {
          assertThat(subject.requests()).anyMatch(Request::passes);
          assertThat(subject.requests()).anyMatch(request -> !request.passes());
        });
  }

  /** The platform's own are in {@link PolicyTest}; teams' must hold even for an administrator. */
  @Test
  void aQuotaIsEnforced(Evidence evidence) {
    cluster.namespaceWithoutSecrets("thrifty");
    var secrets = "/api/v1/namespaces/thrifty/secrets";
    var refused = cluster.admin().dry("POST", secrets, object("Secret"));
    var maps = "/api/v1/namespaces/thrifty/configmaps";
    var passed = cluster.admin().dry("POST", maps, object("ConfigMap"));

    evidence.text("what a quota answers", message(refused));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("exceeded quota: no-secrets");
    assertThat(passed.status()).isEqualTo(201);
  }

  private static String object(String kind) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"new\"}}"
        .formatted(kind);
  }

  private static Answer ask(Caller caller, Request request) {
    var sender = request.as().map(user -> caller.as(user)).orElse(caller);
    return sender.dry(request.method(), request.path(), body(request));
  }

  private static String body(Request request) {
    var name = request.body().orElse("");
    if (!name.equals("itself")) {
      return TABLE.bodies().getOrDefault(name, "{}");
    }
    var there = cluster.admin().dry("GET", request.path().replaceAll("/status$", ""), "");
    return there.body();
  }

  private static String message(Answer answer) {
    var message = answer.body().replaceAll("(?s).*\"message\":\"(.*?)\",\"reason.*", "$1");
    return message.substring(0, Math.min(message.length(), 300));
  }

  /** An empty body is no object, and a name may be of nothing: both are found out after access. */
  private static boolean isRight(Who who, Request request, Answer answer) {
    // Who is known is told so: otherwise a token that is none would pass for all that must fail.
    var refused = answer.status() == (who instanceof Who.Anonymous ? 401 : 403);
    if (!request.passes()) {
      return refused;
    }
    return request.body().isPresent()
        ? answer.status() >= 200 && answer.status() < 300
        : answer.status() != 401 && answer.status() != 403 && answer.status() < 500;
  }
}
