package dev.fairway.access;

import dev.fairway.access.Config.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** The entry point of the token webhook. Its one argument is the file of its configuration. */
public final class Main {
  private static final int USAGE = 64;
  private static final int CONFIGURATION = 78;

  /** Of one request to others; a review makes two at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final AnswerCache.Bounds REMEMBERED =
      new AnswerCache.Bounds(Duration.ofSeconds(60), Duration.ofSeconds(10), 4096);

  /** The API server gives up after half a minute. */
  private static final Authenticator.Bounds BOUNDS =
      new Authenticator.Bounds(64, Duration.ofSeconds(10));

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: token-webhook CONFIG.json");
      System.exit(USAGE);
    }
    try {
      serve(Config.read(Path.of(args[0])));
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("token-webhook: " + args[0] + ": " + e.getMessage());
      System.exit(CONFIGURATION);
    }
  }

  private static void serve(Config config) throws IOException {
    boundConnections();
    var metrics = new Metrics();
    var authenticator =
        authenticator(config, InstantSource.system(), metrics, Main::printOnOneLine);
    var server = WebhookServer.start(config.port(), authenticator, metrics);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("listens on 127.0.0.1:" + server.port());
  }

  static Authenticator authenticator(
      Config config, InstantSource clock, Metrics metrics, Consumer<String> log) {
    var fetch = Fetch.within(PATIENCE);
    var verifier =
        config.verification() == Verification.JWKS
            ? new SignedTokens(config, fetch, clock)
            : new Introspection(config, fetch, clock);
    return new Authenticator(
        config,
        verifier,
        new Roles(config, fetch),
        new AnswerCache(REMEMBERED),
        BOUNDS,
        clock,
        metrics,
        log);
  }

  /** The JDK's server has these as properties only: seconds, and a number. */
  private static void boundConnections() {
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("jdk.httpserver.maxConnections", "256");
  }

  /** What a token claims may stand in a line, and must not look like another one. */
  private static void printOnOneLine(String line) {
    System.out.println(line.replaceAll("[^ -~]", "?"));
  }
}
