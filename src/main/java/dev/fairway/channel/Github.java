package dev.fairway.channel;

import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository on GitHub, and the token that speaks for whoever asks.
 *
 * @param api such as {@code https://api.github.com}
 * @param repository such as {@code example/platform}
 */
public record Github(URI api, String repository, String token) {
  private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  /** What the three have to be before the token is sent anywhere. */
  public static Outcome<Github> of(String api, String repository, String token) {
    var address = address(api);
    var diagnostics = new Diagnostics.Collector();
    if (address.isEmpty()) {
      diagnostics.add(
          unusable(
              "%s is no address of an API that a token may be sent to".formatted(api),
              "set GITHUB_API_URL to an https address, such as https://api.github.com"));
    }
    if (!REPOSITORY.matcher(repository).matches()) {
      diagnostics.add(
          unusable(
              "'%s' is no repository".formatted(repository),
              "set GITHUB_REPOSITORY to owner and name, such as example/platform"));
    }
    // A header can't hold it, and the message that says so would show it.
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      diagnostics.add(
          unusable(
              token.isEmpty() ? "there is no token" : "the token has characters that no token has",
              "set GITHUB_TOKEN to a token that may do this in the repository"));
    }
    return Outcome.unlessErrors(
        diagnostics.diagnostics(), () -> new Github(address.orElseThrow(), repository, token));
  }

  private static Optional<URI> address(String api) {
    try {
      var address = URI.create(api.replaceAll("/+$", ""));
      var host = Optional.ofNullable(address.getHost());
      return host.filter(name -> isSafe(address.getScheme(), name)).map(_ -> address);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether a token gets there unread. */
  static boolean isSafe(String scheme, String host) {
    return "https".equals(scheme) || ("http".equals(scheme) && LOOPBACK.contains(host));
  }

  private static Diagnostic unusable(String message, String remedy) {
    return Diagnostic.general(Code.GITHUB_NOT_CONFIGURED, message, remedy);
  }

  String owner() {
    return repository.substring(0, repository.indexOf('/'));
  }

  /** Without the token, which must not reach a log. */
  @Override
  public String toString() {
    return "%s at %s".formatted(repository, api);
  }
}
