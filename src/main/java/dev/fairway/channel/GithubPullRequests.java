package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Pull requests on GitHub, or on a GitHub of one's own. */
public final class GithubPullRequests implements PullRequests, AutoCloseable {
  /** GitHub's own limit is 65,536, in whatever it counts there. */
  static final int LONGEST_BODY = 65_000;

  private static final int LONGEST_DESCRIPTION = 140;
  private static final int PAGE = 100;

  /** Whose comments may be changed by us: anybody can write one that begins like ours. */
  private static final List<String> TRUSTED = List.of("OWNER", "MEMBER", "COLLABORATOR");

  private final GithubApi api;

  GithubPullRequests(GithubApi api) {
    this.api = api;
  }

  /** Waits for real where GitHub asks for it. */
  public static GithubPullRequests of(Github github, InstantSource clock) {
    return new GithubPullRequests(new GithubApi(github, clock, Thread::sleep));
  }

  @Override
  public void close() {
    api.close();
  }

  @Override
  public Outcome<URI> open(PullRequest wanted) {
    return api.perform(() -> {
      var page = opened(wanted);
      if (wanted.marker().isPresent()) {
        closeOlder(wanted, wanted.marker().get(), page);
      }
      return page;
    });
  }

  /** What stands on a branch of ours, that is: anybody can write a body that begins like ours. */
  private void closeOlder(PullRequest wanted, String marker, URI page)
      throws IOException, InterruptedException {
    var ours = api.github().owner() + ":";
    var base = GithubApi.encoded(wanted.base());
    for (var found : api.all("pulls?state=open&base=" + base)) {
      var label = found.path("head").path("label").asText();
      if (label.startsWith(ours)
          && !label.equals(ours + wanted.head())
          && found.path("body").asText().startsWith(marker)) {
        var _ = comment(found, "superseded", "%s takes its place.".formatted(page));
        api.patch("pulls/" + found.path("number").asInt(), json().put("state", "closed"));
      }
    }
  }

  /**
   * Asks for a changed file: a commit on the pull request's head, on top of its base, and the pull
   * request.
   *
   * @param path below the repository's root
   * @param workflow started on the branch once it changed, because what a workflow pushes starts
   *     none
   * @return empty where the base has these very bytes, and nothing was written
   */
  public Outcome<Optional<URI>> propose(
      PullRequest wanted, String path, byte[] content, String workflow) {
    var files = new GithubFiles(api, wanted.base());
    return api.perform(() -> {
      if (!files.differs(path, content)) {
        return Optional.empty();
      }
      files.put(wanted.head(), path, content, wanted.title());
      var page = opened(wanted);
      api.post(
          "actions/workflows/%s/dispatches".formatted(workflow), json().put("ref", wanted.head()));
      return Optional.of(page);
    });
  }

  private URI opened(PullRequest wanted) throws IOException, InterruptedException {
    var text = cut(wanted.marker().orElse("") + wanted.body());
    var body = json().put("title", wanted.title()).put("body", text);
    body.put("base", wanted.base());
    var found = find(wanted.head());
    if (found.isEmpty()) {
      return page(api.post("pulls", body.put("head", wanted.head())));
    }
    return isAsWanted(found.get(), body)
        ? page(found.get())
        : page(api.patch("pulls/" + found.get().path("number").asInt(), body));
  }

  private static boolean isAsWanted(JsonNode found, ObjectNode wanted) {
    return found.path("base").path("ref").equals(wanted.path("base"))
        && found.path("title").equals(wanted.path("title"))
        && found.path("body").equals(wanted.path("body"));
  }

  /** The open one of a branch; that of a fork is {@code owner:branch}. */
  private Optional<JsonNode> find(String head) throws IOException, InterruptedException {
    var full = head.contains(":") ? head : api.github().owner() + ":" + head;
    for (var found : api.get("pulls?state=open&per_page=100&head=" + GithubApi.encoded(full))) {
      // A server that does not know the filter answers with all of them.
      if (found.path("head").path("label").asText(full).equals(full)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  @Override
  public Outcome<URI> comment(String head, String key, String markdown) {
    return api.perform(() -> comment(required(head), key, markdown));
  }

  /**
   * The same, on a pull request that has not moved on: what a test says of one commit must not
   * stand under another.
   *
   * @param commit which the pull request is at
   * @return empty where it is at another one by now, and nothing was written
   */
  public Outcome<Optional<URI>> comment(String head, String commit, String key, String markdown) {
    return api.perform(() -> {
      var found = required(head);
      return found.path("head").path("sha").asText().equals(commit)
          ? Optional.of(comment(found, key, markdown))
          : Optional.<URI>empty();
    });
  }

  private JsonNode required(String head) throws IOException, InterruptedException {
    return find(head).orElseThrow(() -> GithubException.noPullRequest(head));
  }

  private URI comment(JsonNode pullRequest, String key, String markdown)
      throws IOException, InterruptedException {
    var marker = "<!-- fairway:%s -->".formatted(key);
    var body = json().put("body", cut(marker + "\n" + markdown));
    var comments = "issues/%d/comments".formatted(pullRequest.path("number").asInt());
    var earlier = earlier(comments, marker);
    if (earlier.isEmpty()) {
      return page(api.post(comments, body));
    }
    return earlier.get().path("body").equals(body.path("body"))
        ? page(earlier.get())
        : page(api.patch("issues/comments/" + earlier.get().path("id").asLong(), body));
  }

  private Optional<JsonNode> earlier(String comments, String marker)
      throws IOException, InterruptedException {
    for (int page = 1; ; page++) {
      var found = api.get("%s?per_page=%d&page=%d".formatted(comments, PAGE, page));
      for (var comment : found) {
        if (isTrusted(comment) && comment.path("body").asText().startsWith(marker)) {
          return Optional.of(comment);
        }
      }
      if (found.size() < PAGE) {
        return Optional.empty();
      }
    }
  }

  private static boolean isTrusted(JsonNode comment) {
    return comment.path("user").path("type").asText().equals("Bot")
        || TRUSTED.contains(comment.path("author_association").asText());
  }

  @Override
  public Outcome<URI> status(String commit, CommitStatus status) {
    var body =
        json()
            .put("state", status.state().name().toLowerCase(Locale.ROOT))
            .put("context", status.context())
            .put("description", firstOf(status.description(), LONGEST_DESCRIPTION));
    status.details().ifPresent(details -> body.put("target_url", details.toString()));
    return api.perform(() ->
        GithubApi.read(
            api.post("statuses/" + GithubApi.encoded(commit), body).path("url"), URI::create));
  }

  private static URI page(JsonNode answer) throws GithubException {
    return GithubApi.read(answer.path("html_url"), URI::create);
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** At the end of a line, with a word about what is missing. */
  static String cut(String markdown) {
    if (markdown.length() <= LONGEST_BODY) {
      return markdown;
    }
    var kept = firstOf(markdown, LONGEST_BODY - 100);
    var line = kept.lastIndexOf('\n');
    kept = line > 0 ? kept.substring(0, line) : kept;
    return "%s\n\n… and %d more characters, which are more than fit here\n"
        .formatted(kept, markdown.length() - kept.length());
  }

  /** No half of a character that takes two. */
  private static String firstOf(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
