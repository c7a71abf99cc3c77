package dev.fairway.channel;

import static dev.fairway.channel.GitCommand.git;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To whom the token is shown, which lets whoever has it push. */
class OwnHostTest {
  private static final RepositoryAccess ACCESS =
      new RepositoryAccess("origin", Optional.of("a-secret-token"));

  @TempDir(factory = InMemory.class)
  private Path folder;

  private HttpServer own;
  private HttpServer other;
  private final List<String> shown = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void start() throws IOException {
    own = server();
    other = server();
    git(folder, "init", "-q", "-b", "main", ".");
  }

  private HttpServer server() throws IOException {
    // All addresses of this machine: that of the network card is nobody's own.
    var server = HttpServer.create(new InetSocketAddress(0), 0);
    server.createContext(
        "/mine.git/", exchange -> answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"x\""));
    server.start();
    return server;
  }

  @AfterEach
  void stop() {
    own.stop(0);
    other.stop(0);
  }

  private void answer(HttpExchange exchange, int status, String header, String value)
      throws IOException {
    try (exchange) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(_ -> shown.add(exchange.getRequestURI().getPath()));
      exchange.getResponseHeaders().add(header, value);
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static String at(String host, HttpServer server, String repository) {
    return "http://%s:%d/%s.git".formatted(host, server.getAddress().getPort(), repository);
  }

  private Diagnostic asked(String address) throws IOException {
    git(folder, "config", "remote.origin.url", address);
    try (var repository = ChannelRepository.open(folder, ACCESS).value().orElseThrow()) {
      var list = new EvidenceActs(repository, InstantSource.system());
      return list.list(Optional.empty(), Optional.empty(), false).diagnostics().all().getFirst();
    }
  }

  @Test
  void theRemotesOwnServerSeesIt() throws IOException {
    assertThat(asked(at("127.0.0.1", own, "mine")).code()).isEqualTo(Code.REMOTE_UNREACHABLE);
    assertThat(shown).isNotEmpty().allMatch(path -> path.startsWith("/mine.git/"));
  }

  @Test
  void whereThatSendsUsNobodySeesIt() throws IOException {
    own.createContext(
        "/moved.git/",
        exchange ->
            answer(
                exchange,
                302,
                "Location",
                at("127.0.0.1", other, "mine")
                    + exchange.getRequestURI().toString().substring("/moved.git".length())));

    var refused = asked(at("127.0.0.1", own, "moved"));

    assertThat(shown).isEmpty();
    assertThat(refused.code()).isEqualTo(Code.REMOTE_UNREACHABLE);
    assertThat(refused.message())
        .contains("http://127.0.0.1:" + other.getAddress().getPort(), "token")
        .doesNotContain("a-secret-token");
  }

  @Test
  void whatOthersOnTheWayCouldReadIsNotSent() throws IOException {
    // Resolves to this very machine everywhere, and is called so nowhere else.
    asked(at("127.0.0.2", own, "mine"));

    assertThat(shown).isEmpty();
  }

  @Test
  void aServerThatIsDownIsSaidAsTheNetworkSaysIt() throws IOException {
    var port = other.getAddress().getPort();
    other.stop(0);
    for (var address :
        List.of(at("127.0.0.1", other, "mine"), "ssh://git@127.0.0.1:" + port + "/x")) {
      assertThat(asked(address).message())
          .contains("reached: %s: Connection refused".formatted(address));
    }
  }
}
