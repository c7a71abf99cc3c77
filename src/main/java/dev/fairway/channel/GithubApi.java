package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks GitHub's REST API, patiently, but not for ever.
 *
 * <p>What is done again after a failure is the whole act, never one request: an act first looks
 * what is there, so a request that was carried out though its answer got lost is not made twice.
 *
 * @see <a href="https://docs.github.com/en/rest">the API</a>
 */
final class GithubApi implements AutoCloseable {
  /** How waiting is done, so that a test need not. */
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /** Something to do there, which may be done again. */
  interface Act<T> {
    T perform() throws IOException, InterruptedException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 5;

  /** As long as GitHub makes one. */
  private static final int PAGE = 100;

  /** GitHub asks for at least a minute after a secondary limit that names no time. */
  private static final Duration UNNAMED_LIMIT = Duration.ofMinutes(1);

  /** A primary limit may ask for an hour, which no job of ours should be paid for. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Github github;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          // Where it sends us, the token must not go along.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  GithubApi(Github github, InstantSource clock, Pause pause) {
    this.github = github;
    this.clock = clock;
    this.pause = pause;
  }

  Github github() {
    return github;
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    http.close();
  }

  /** For a path or a query, whatever a branch is called. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  <T> Outcome<T> perform(Act<T> act) {
    try {
      return Outcome.of(retried(act));
    } catch (GithubException told) {
      return new Outcome<>(Optional.empty(), Diagnostics.of(told.diagnostic()));
    } catch (IOException e) {
      throw new IllegalStateException("what sends says what went wrong", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private <T> T retried(Act<T> act) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return act.perform();
      } catch (GithubException told) {
        var wait = told.waitAsked().orElse(Duration.ofSeconds(1L << attempt));
        if (!told.isTransient() || attempt == TRIES || wait.compareTo(LONGEST_WAIT) > 0) {
          throw told;
        }
        pause.sleep(wait);
      }
    }
  }

  /** Below the repository; missing where there is nothing. */
  JsonNode find(String path) throws IOException, InterruptedException {
    var answer = send("GET", path, Optional.empty());
    return answer.statusCode() == 404 ? MissingNode.getInstance() : json(success(answer, path));
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return json(success(send("GET", path, Optional.empty()), path));
  }

  /** A whole list: what matters may stand behind a hundred of strangers'. */
  List<JsonNode> all(String query) throws IOException, InterruptedException {
    var found = new ArrayList<JsonNode>();
    for (int page = 1; ; page++) {
      var answer = get("%s&per_page=%d&page=%d".formatted(query, PAGE, page));
      answer.forEach(found::add);
      if (answer.size() < PAGE) {
        return found;
      }
    }
  }

  /** A word of an answer as what it must be. */
  static <T> T read(JsonNode word, Function<String, T> reader) throws GithubException {
    try {
      return reader.apply(word.asText());
    } catch (IllegalArgumentException | DateTimeException _) {
      throw GithubException.unreachable(
          "something that is not GitHub answers: '%s'".formatted(word.asText()));
    }
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return json(success(send("POST", path, Optional.of(body)), path));
  }

  JsonNode patch(String path, JsonNode body) throws IOException, InterruptedException {
    return json(success(send("PATCH", path, Optional.of(body)), path));
  }

  private HttpResponse<byte[]> send(String method, String path, Optional<JsonNode> body)
      throws IOException, InterruptedException {
    var address = URI.create("%s/repos/%s/%s".formatted(github.api(), github.repository(), path));
    var content = body.map(JsonNode::toString).map(BodyPublishers::ofString);
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("User-Agent", "fairway")
            .header("Authorization", "Bearer " + github.token())
            .method(method, content.orElseGet(BodyPublishers::noBody))
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      var why = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      throw GithubException.unreachable("%s can't be reached: %s".formatted(github.api(), why));
    }
  }

  private static JsonNode json(byte[] body) throws IOException {
    try {
      return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw GithubException.unreachable("something that is not GitHub answers: no JSON");
    }
  }

  private byte[] success(HttpResponse<byte[]> answer, String path) throws GithubException {
    var status = answer.statusCode();
    if (status / 100 == 2) {
      return answer.body();
    }
    var said = "GitHub answers %d to %s: %s".formatted(status, path, message(answer));
    if (status / 100 == 5) {
      throw GithubException.unreachable(said);
    }
    if (status == 429 || (status == 403 && isLimit(answer))) {
      throw GithubException.limited(said, wait(answer), now());
    }
    throw GithubException.refused(said, remedy(status));
  }

  private static boolean isLimit(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Retry-After").isPresent()
        || answer.headers().firstValue("X-RateLimit-Remaining").orElse("").equals("0")
        || message(answer).contains("rate limit");
  }

  /** What GitHub names, in its order of precedence. */
  private Duration wait(HttpResponse<byte[]> answer) {
    var after = number(answer, "Retry-After");
    if (after.isPresent()) {
      return Duration.ofSeconds(after.get());
    }
    var reset = number(answer, "X-RateLimit-Reset").map(Instant::ofEpochSecond);
    return answer.headers().firstValue("X-RateLimit-Remaining").orElse("").equals("0")
        ? reset.map(this::until).orElse(UNNAMED_LIMIT)
        : UNNAMED_LIMIT;
  }

  /** A second more, for clocks that differ. */
  private Duration until(Instant reset) {
    var wait = Duration.between(now(), reset).plusSeconds(1);
    return wait.isPositive() ? wait : Duration.ofSeconds(1);
  }

  private static Optional<Long> number(HttpResponse<byte[]> answer, String header) {
    return answer
        .headers()
        .firstValue(header)
        .filter(text -> text.matches("\\d{1,10}"))
        .map(Long::valueOf);
  }

  /** The first line of what it says, and what it says of single fields. */
  private static String message(HttpResponse<byte[]> answer) {
    try {
      var json = JSON.readTree(answer.body());
      var errors = json.path("errors");
      var told = json.path("message").asText("");
      return errors.isEmpty() ? told : told + " " + errors;
    } catch (IOException _) {
      return "no JSON";
    }
  }

  private static String remedy(int status) {
    return switch (status) {
      case 301, 302, 307, 308 ->
          "the repository was renamed: set GITHUB_REPOSITORY to its new name";
      case 401 -> "the token is unknown or expired: set GITHUB_TOKEN to another";
      case 403, 404 ->
          "see whether the repository is the right one, and whether the token may do this: in a"
              + " workflow, the job's permissions say so";
      default -> "correct what GitHub complains about";
    };
  }
}
