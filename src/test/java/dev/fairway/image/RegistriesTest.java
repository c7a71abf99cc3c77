package dev.fairway.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Digest;
import dev.fairway.model.Image;
import dev.fairway.model.ImageLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registries that behave in all the ways that a well-behaved one in a test would not. */
class RegistriesTest {
  private static final String INDEX =
      """
      {"manifests": [
        {"platform": {"os": "linux", "architecture": "arm64", "variant": "v8"}},
        {"platform": {"os": "linux", "architecture": "amd64"}},
        {"platform": {"os": "unknown", "architecture": "unknown"}}]}
      """;
  private static final String CONFIG = "{\"os\": \"linux\", \"architecture\": \"amd64\"}";
  private static final SortedSet<String> AMD64 = new TreeSet<>(List.of("linux/amd64"));

  private final List<String> authorizations = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anIndexIsLockedWithItsPlatforms() {
    answers("/v2/library/app/manifests/1", 200, INDEX);

    assertThat(lock("docker.io/app:1").value().orElseThrow().text())
        .endsWith(
            "docker.io/app:1 sha256:%s linux/amd64,linux/arm64\n".formatted(Digest.of(INDEX)));
  }

  @Test
  void aLoneManifestHasThePlatformOfItsConfig() {
    var config = "sha256:" + Digest.of(CONFIG);
    answers("/v2/team/app/manifests/1", 200, "{\"config\": {\"digest\": \"" + config + "\"}}");
    answers("/v2/team/app/blobs/" + config, 200, CONFIG);

    assertThat(lock("docker.io/team/app:1").value().orElseThrow().text())
        .endsWith(" linux/amd64\n");
  }

  /** As most public registries do; the token goes nowhere else. */
  @Test
  void aTokenIsFetchedWhereTheRegistrySays() {
    server.createContext(
        "/v2/library/app/manifests/1",
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Authorization")) {
            redirect(exchange, "http://127.0.0.1:" + port() + "/elsewhere");
          } else {
            challenge(exchange);
          }
        });
    server.createContext(
        "/token",
        exchange -> {
          assertThat(exchange.getRequestURI().getQuery())
              .isEqualTo("service=reg&scope=repository:library/app:pull");
          answer(exchange, 200, "{\"token\": \"secret\"}");
        });
    server.createContext(
        "/elsewhere",
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          answer(exchange, 200, INDEX);
        });

    assertThat(lock("docker.io/app:1").value()).isPresent();
    assertThat(authorizations).containsExactly("null");
  }

  @Test
  void whatIsNotThereIsNamed() {
    answers("/v2/library/app/manifests/1", 404, "{}");

    var found = only(lock("docker.io/app:1"));
    assertThat(found.code()).isEqualTo(Code.IMAGE_NOT_FOUND);
    assertThat(found.message()).contains("docker.io/app:1", "404");
  }

  @Test
  void oneThatIsNotBuiltForOurMachinesIsRefused() {
    answers("/v2/library/app/manifests/1", 200, INDEX.replace("amd64", "s390x"));

    var found = only(lock("docker.io/app:1"));
    assertThat(found.code()).isEqualTo(Code.IMAGE_WITHOUT_PLATFORM);
    assertThat(found.message()).contains("no linux/amd64", "only linux/arm64, linux/s390x");
  }

  @Test
  void bytesThatAreNotWhatTheRegistrySaysAreNotBelieved() {
    server.createContext(
        "/v2/library/app/manifests/1",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Docker-Content-Digest", "sha256:" + Digest.of("something else"));
          answer(exchange, 200, INDEX);
        });

    assertThat(only(lock("docker.io/app:1")).code()).isEqualTo(Code.STRANGE_REGISTRY);
  }

  @Test
  void aPageInThePlaceOfAManifestIsNotBelieved() {
    answers("/v2/library/app/manifests/1", 200, "<html>sign in</html>");

    assertThat(only(lock("docker.io/app:1")).code()).isEqualTo(Code.STRANGE_REGISTRY);
  }

  @Test
  void aRegistryThatHasEnoughOfUsIsNamed() {
    answers("/v2/library/app/manifests/1", 429, "");

    assertThat(only(lock("docker.io/app:1")).message()).contains("429", "too often");
  }

  @Test
  void aRegistryThatIsNotThereIsNamed() {
    var found =
        new Registries(Map.of("docker.io", URI.create("http://127.0.0.1:1")), AMD64)
            .lock(List.of(Image.of("docker.io/app:1")));

    assertThat(only(found).code()).isEqualTo(Code.REGISTRY_UNREACHABLE);
  }

  @Test
  void everyImageThatIsWrongIsNamedAndNoneIsLocked() {
    answers("/v2/library/good/manifests/1", 200, INDEX);
    answers("/v2/library/bad/manifests/1", 500, "");
    answers("/v2/library/worse/manifests/1", 404, "");

    var locked = lock("docker.io/good:1", "docker.io/bad:1", "docker.io/worse:1");
    assertThat(locked.value()).isEmpty();
    assertThat(locked.diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactlyInAnyOrder(Code.STRANGE_REGISTRY, Code.IMAGE_NOT_FOUND);
  }

  private Outcome<ImageLock> lock(String... images) {
    var here = URI.create("http://localhost:" + port());
    return new Registries(Map.of("docker.io", here), AMD64)
        .lock(List.of(images).stream().map(Image::of).toList());
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static Diagnostic only(Outcome<ImageLock> outcome) {
    assertThat(outcome.value()).isEmpty();
    assertThat(outcome.diagnostics().all()).hasSize(1);
    return outcome.diagnostics().all().getFirst();
  }

  private void answers(String path, int status, String body) {
    server.createContext(path, exchange -> answer(exchange, status, body));
  }

  private void challenge(HttpExchange exchange) throws IOException {
    exchange
        .getResponseHeaders()
        .set(
            "WWW-Authenticate",
            "Bearer realm=\"http://localhost:%d/token\",service=\"reg\"".formatted(port()));
    answer(exchange, 401, "{}");
  }

  private static void redirect(HttpExchange exchange, String address) throws IOException {
    exchange.getResponseHeaders().set("Location", address);
    answer(exchange, 307, "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      var bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
