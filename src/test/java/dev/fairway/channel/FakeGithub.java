package dev.fairway.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** As much of GitHub as is asked of it, with one repository, {@code example/platform}. */
public final class FakeGithub implements AutoCloseable {
  public static final String TOKEN = "token-that-nobody-may-see";
  private static final String ROOT = "/repos/example/platform/";

  /**
   * An answer in the place of the right one.
   *
   * @param carriedOut whether what was asked is done all the same
   */
  record Trouble(int status, Map<String, String> headers, String body, boolean carriedOut) {}

  public final List<ObjectNode> pulls = new ArrayList<>();
  public final List<ObjectNode> comments = new ArrayList<>();
  public final List<ObjectNode> statuses = new ArrayList<>();
  public final List<ObjectNode> dispatches = new ArrayList<>();
  final List<ObjectNode> runs = new ArrayList<>();
  public final Map<String, String> branches = new TreeMap<>();

  /** By branch and path. */
  public final Map<String, Map<String, byte[]>> files = new TreeMap<>();

  final FakeGit git = new FakeGit(branches, files);
  final Deque<Trouble> troubles = new ArrayDeque<>();
  final List<String> requests = new ArrayList<>();

  private final HttpServer server;

  private FakeGithub(HttpServer server) {
    this.server = server;
  }

  public static FakeGithub start() throws IOException {
    var fake =
        new FakeGithub(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    fake.server.createContext("/", fake::handle);
    fake.server.start();
    return fake;
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Github github() {
    return Github.of(address(), "example/platform", TOKEN).value().orElseThrow();
  }

  void trouble(int status, Map<String, String> headers, String body) {
    troubles.add(new Trouble(status, headers, body, false));
  }

  public ObjectNode pull(String label, String base, String commit) {
    var pull = object().put("number", pulls.size() + 1).put("title", "").put("body", "");
    pull.put("html_url", "https://github.example/pull/" + pull.path("number"));
    pull.put("created_at", "2026-11-20T12:00:00Z").put("state", "open");
    repository(pull.putObject("base").put("ref", base), "example/platform");
    var head = pull.putObject("head").put("label", label).put("sha", commit);
    repository(head.put("ref", branch(label)), label.replaceFirst(":.*", "/platform"));
    pulls.add(pull);
    return pull;
  }

  static void repository(ObjectNode end, String name) {
    end.putObject("repo").put("full_name", name);
  }

  ObjectNode comment(int pull, String body, String type, String association) {
    var comment = object().put("id", 1000L + comments.size()).put("body", body).put("pull", pull);
    comment.put("html_url", "https://github.example/comment/" + comment.path("id"));
    comment.put("author_association", association).putObject("user").put("type", type);
    comments.add(comment);
    return comment;
  }

  /** A run that was dispatched; in progress for now. */
  ObjectNode run(String workflow, String title, String created) {
    var run = object().put("workflow", workflow).put("display_title", title);
    run.put("created_at", created).put("status", "in_progress").putNull("conclusion");
    runs.add(run);
    return run;
  }

  static void completed(ObjectNode run, String conclusion) {
    run.put("status", "completed").put("conclusion", conclusion);
  }

  private static String branch(String label) {
    return label.substring(label.indexOf(':') + 1);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path.replace(ROOT, ""));
      var sent = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
      var trouble = Optional.ofNullable(troubles.poll());
      if (trouble.isPresent() && !trouble.get().carriedOut()) {
        answer(exchange, trouble.get());
        return;
      }
      var authorised =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      var json = authorised ? answer(exchange, path, sent) : Optional.<JsonNode>empty();
      if (trouble.isPresent()) {
        answer(exchange, trouble.get());
      } else if (json.isPresent()) {
        send(exchange, json.get().isMissingNode() ? 204 : 200, json.get().toString());
      } else {
        send(exchange, 404, object().put("message", "Not Found").toString());
      }
    } catch (RuntimeException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static void answer(HttpExchange exchange, Trouble trouble) throws IOException {
    trouble.headers().forEach(exchange.getResponseHeaders()::add);
    send(exchange, trouble.status(), trouble.body());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private Optional<JsonNode> answer(HttpExchange exchange, String path, JsonNode sent) {
    var method = exchange.getRequestMethod();
    var words = path.replace(ROOT, "").split("/", -1);
    return switch (method + " " + words[0]) {
      case "GET pulls" -> Optional.of(list(pulls, query(exchange)));
      case "POST pulls" -> Optional.of(opened(sent));
      case "PATCH pulls" -> Optional.of(changed(pulls.get(Integer.parseInt(words[1]) - 1), sent));
      case "GET issues" -> Optional.of(commentsOf(Integer.parseInt(words[1]), query(exchange)));
      case "POST issues" ->
          Optional.of(
              comment(Integer.parseInt(words[1]), sent.path("body").asText(), "Bot", "NONE"));
      case "PATCH issues" -> Optional.of(changed(commentWith(Long.parseLong(words[2])), sent));
      case "POST statuses" -> Optional.of(status(words[1], sent));
      case "GET commits" -> Optional.of(statusesOf(words[1]));
      case "GET contents" ->
          file(query(exchange).getOrDefault("ref", "main"), path.replace(ROOT + "contents/", ""));
      case "POST git" -> Optional.of(git.made(words[1], sent));
      case "PATCH git" -> Optional.of(git.moved(path.replace(ROOT + "git/refs/heads/", ""), sent));
      case "GET git" ->
          git.found(words[1], path.replaceFirst(ROOT + "git/(ref/heads|commits)/", ""));
      case "GET actions" -> Optional.of(runsOf(words[2], query(exchange)));
      case "POST actions" -> Optional.of(dispatched(words[2], sent));
      default -> Optional.empty();
    };
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var query = new TreeMap<String, String>();
    for (var pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      var words = Arrays.asList(pair.split("=", 2));
      query.put(words.getFirst(), URLDecoder.decode(words.getLast(), UTF_8));
    }
    return query;
  }

  private static ArrayNode list(List<ObjectNode> pulls, Map<String, String> query) {
    var size = Integer.parseInt(query.get("per_page"));
    var list = JsonNodeFactory.instance.arrayNode();
    pulls.stream()
        .filter(pull -> isAsked(query, "state", pull.path("state").asText()))
        .filter(pull -> isAsked(query, "head", pull.path("head").path("label").asText()))
        .filter(pull -> isAsked(query, "base", pull.path("base").path("ref").asText()))
        .skip((Integer.parseInt(query.getOrDefault("page", "1")) - 1L) * size)
        .limit(size)
        .forEach(list::add);
    return list;
  }

  private static boolean isAsked(Map<String, String> query, String key, String value) {
    return query.getOrDefault(key, value).equals(value);
  }

  private ObjectNode opened(JsonNode sent) {
    var head = sent.path("head").asText();
    var pull =
        pull(
            "example:" + head,
            sent.path("base").asText(),
            branches.getOrDefault(head, "0".repeat(40)));
    return changed(pull, sent);
  }

  private static ObjectNode changed(ObjectNode found, JsonNode sent) {
    for (var key : List.of("title", "body", "state")) {
      if (sent.has(key)) {
        found.set(key, sent.path(key));
      }
    }
    if (sent.has("base")) {
      ((ObjectNode) found.path("base")).set("ref", sent.path("base"));
    }
    return found;
  }

  private ArrayNode commentsOf(int pull, Map<String, String> query) {
    var size = Integer.parseInt(query.get("per_page"));
    var list = JsonNodeFactory.instance.arrayNode();
    comments.stream()
        .filter(comment -> comment.path("pull").asInt() == pull)
        .skip((Integer.parseInt(query.get("page")) - 1L) * size)
        .limit(size)
        .forEach(list::add);
    return list;
  }

  private ObjectNode commentWith(long id) {
    return comments.stream()
        .filter(comment -> comment.path("id").asLong() == id)
        .findFirst()
        .orElseThrow();
  }

  private ObjectNode status(String commit, JsonNode sent) {
    var status = ((ObjectNode) sent).put("commit", commit);
    if (!status.has("updated_at")) {
      status.put("updated_at", "2026-11-22T12:00:00Z");
    }
    statuses.removeIf(old ->
        old.path("commit").equals(status.path("commit"))
            && old.path("context").equals(status.path("context")));
    statuses.add(status.put("url", "https://github.example/status/" + statuses.size()));
    return status;
  }

  private ObjectNode statusesOf(String commit) {
    var all = object();
    var list = all.putArray("statuses");
    statuses.stream()
        .filter(status -> status.path("commit").asText().equals(commit))
        .forEach(list::add);
    return all;
  }

  private ObjectNode runsOf(String workflow, Map<String, String> query) {
    var size = Integer.parseInt(query.get("per_page"));
    var all = object();
    var list = all.putArray("workflow_runs");
    runs.stream()
        .filter(run -> run.path("workflow").asText().equals(workflow))
        .filter(run -> isSince(run, query.getOrDefault("created", "")))
        .skip((Integer.parseInt(query.get("page")) - 1L) * size)
        .limit(size)
        .forEach(list::add);
    return all;
  }

  private static boolean isSince(ObjectNode run, String asked) {
    return (">=" + run.path("created_at").asText()).compareTo(asked) >= 0;
  }

  private Optional<JsonNode> file(String branch, String path) {
    return Optional.ofNullable(files.getOrDefault(branch, Map.of()).get(path))
        .map(bytes -> object().put("sha", GithubFiles.blobOf(bytes)));
  }

  private JsonNode dispatched(String workflow, JsonNode sent) {
    dispatches.add(((ObjectNode) sent).put("workflow", workflow));
    return MissingNode.getInstance();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
