package dev.fairway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fairway.access.Answer.Authenticated;
import dev.fairway.access.Answer.Refused;
import dev.fairway.access.Answer.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With introspection, in which the test's own server says everything. */
class AuthenticatorTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ACTIVE =
      "{\"active\": true, \"sub\": \"alice\", \"aud\": [\"api\"], \"exp\": %d}"
          .formatted(NOW.plusSeconds(600).getEpochSecond());

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final AtomicReference<String> introspection = new AtomicReference<>(ACTIVE);
  private final AtomicReference<String> roles =
      new AtomicReference<>("{\"roles\": [\"Reader\", \"Other\"]}");
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> log = new ArrayList<>();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/introspect", exchange -> answer(exchange, introspection.get()));
    server.createContext("/roles/", exchange -> answer(exchange, roles.get()));
    server.createContext("/elsewhere", exchange -> answer(exchange, ACTIVE));
    server.start();
  }

  @AfterEach
  void stop() {
    held.countDown();
    server.stop(0);
  }

  private void answer(com.sun.net.httpserver.HttpExchange exchange, String text)
      throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      held.await();
      var status = text.startsWith("{") ? 200 : Integer.parseInt(text);
      if (status == 302) {
        exchange.getResponseHeaders().set("Location", url("/elsewhere"));
      }
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private Authenticator authenticator(int atOnce, Duration patience) {
    var config =
        new Config(
            0,
            "https://login.example.org/",
            "api",
            Config.Verification.INTROSPECTION,
            URI.create(url("/introspect")),
            "sub",
            "oauth:",
            url("/roles/{user}"),
            new TreeMap<>(Map.of("Reader", "ReadOnly")),
            Optional.empty());
    InstantSource time = clock::get;
    var fetch = Fetch.within(patience);
    return new Authenticator(
        config,
        new Introspection(config, fetch, time),
        new Roles(config, fetch),
        new AnswerCache(
            new AnswerCache.Bounds(Duration.ofSeconds(60), Duration.ofSeconds(10), 100)),
        new Authenticator.Bounds(atOnce, patience),
        time,
        new Metrics(),
        log::add);
  }

  private Answer answer(String token) {
    return authenticator(8, Duration.ofSeconds(5)).answer(token);
  }

  @Test
  void rolesThatAreNoGroupHereCountForNothing() {
    assertThat(answer("t"))
        .isEqualTo(new Authenticated("oauth:alice", List.of("ReadOnly"), NOW.plusSeconds(600)));
  }

  @Test
  void anAnswerIsRememberedUntilItsTimeIsOver() {
    var authenticator = authenticator(8, Duration.ofSeconds(5));
    authenticator.answer("t");
    authenticator.answer("t");
    assertThat(asked).hasValue(2);

    clock.set(NOW.plusSeconds(61));
    authenticator.answer("t");
    assertThat(asked).hasValue(4);
  }

  @Test
  void whatIsNoTokenIsNotAskedAbout() {
    assertThat(answer("")).isInstanceOf(Refused.class);
    assertThat(answer("two words")).isInstanceOf(Refused.class);
    assertThat(answer("a".repeat(16385))).isInstanceOf(Refused.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void anIssuerThatLeavesSomethingOutRefuses() {
    var exp = NOW.plusSeconds(600).getEpochSecond();
    for (var said :
        List.of(
            "{}",
            "{\"active\": \"true\"}",
            "{\"active\": false, \"sub\": \"alice\", \"aud\": \"api\", \"exp\": " + exp + "}",
            ACTIVE.replace("\"api\"", "\"wiki\""),
            ACTIVE.replace("\"exp\"", "\"other\""),
            ACTIVE.replace("" + exp, "" + NOW.getEpochSecond()),
            ACTIVE.replace("alice", "../bob"),
            ACTIVE.replace("\"sub\"", "\"name\""),
            ACTIVE.replace("{", "{\"iss\": \"https://evil.example.org/\", "))) {
      introspection.set(said);
      assertThat(answer("t")).as(said).isInstanceOf(Refused.class);
    }
  }

  @Test
  void whoeverDoesNotAnswerAsAgreedLetsNobodyIn() {
    for (var said : List.of("500", "302", "401")) {
      introspection.set(said);
      assertThat(answer("t")).as("introspection " + said).isInstanceOf(Unavailable.class);
    }
    introspection.set(ACTIVE);
    for (var said :
        List.of("500", "302", "{}", "{\"roles\": \"Reader\"}", "{\"roles\": [[]]}", "{")) {
      roles.set(said);
      assertThat(answer("t")).as("roles " + said).isInstanceOf(Unavailable.class);
    }
    roles.set("404");
    assertThat(answer("t")).isInstanceOf(Refused.class);
    roles.set("{\"roles\": [\"" + "x".repeat(600_000) + "\"]}");
    assertThat(answer("t")).as("too long").isInstanceOf(Unavailable.class);
  }

  @Test
  void whoeverDoesNotAnswerInTimeLetsNobodyIn() {
    held = new CountDownLatch(1);

    assertThat(authenticator(8, Duration.ofMillis(200)).answer("t"))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void oneTokenIsLookedUpOnceAtATime() throws Exception {
    held = new CountDownLatch(1);
    var authenticator = authenticator(8, Duration.ofSeconds(20));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Answer>>();
      for (var number = 0; number < 50; number++) {
        answers.add(threads.submit(() -> authenticator.answer("t")));
      }
      while (asked.get() == 0) {
        Thread.onSpinWait();
      }
      held.countDown();
      for (var answer : answers) {
        assertThat(answer.get()).isInstanceOf(Authenticated.class);
      }
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void onlySoManyTokensAreLookedUpAtATime() throws Exception {
    held = new CountDownLatch(1);
    var authenticator = authenticator(1, Duration.ofMillis(700));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> authenticator.answer("t"));
      while (asked.get() == 0) {
        Thread.onSpinWait();
      }
      assertThat(authenticator.answer("u")).isInstanceOf(Unavailable.class);
      held.countDown();
      first.get();
    }
  }

  @Test
  void noTokenIsLogged() {
    answer("secret-token");
    introspection.set("500");
    answer("secret-token");
    introspection.set("{}");
    answer("secret-token");

    assertThat(log).hasSize(3).noneMatch(line -> line.contains("secret"));
  }
}
