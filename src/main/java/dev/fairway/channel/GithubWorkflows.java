package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.CommitStatus.State;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Starts workflows on {@code main} for channels, whose branches hold none. What was started is
 * remembered as a status of the commit, so that to ask once more starts nothing twice.
 */
public final class GithubWorkflows implements AutoCloseable {
  private static final String MAIN = "main";
  private static final String TEST = "end-to-end.yaml";
  private static final String DEPLOY = "deploy.yaml";
  private static final int PAGE = 100;

  private final GithubApi api;

  GithubWorkflows(GithubApi api) {
    this.api = api;
  }

  /** Waits for real where GitHub asks for it. */
  public static GithubWorkflows of(Github github, InstantSource clock) {
    return new GithubWorkflows(new GithubApi(github, clock, Thread::sleep));
  }

  @Override
  public void close() {
    api.close();
  }

  /**
   * Starts the end-to-end test of each open pull request to a channel's branch that has none yet.
   * What forks ask for is not tested with our accounts.
   *
   * @return the branches whose test was started
   */
  public Outcome<List<String>> startTests(String base) {
    return api.perform(() -> {
      var started = new ArrayList<String>();
      for (var pull : api.get("pulls?state=open&per_page=100&base=" + GithubApi.encoded(base))) {
        var head = pull.path("head");
        if (isOurs(head) && startTest(base, head)) {
          started.add(head.path("ref").asText());
        }
      }
      return List.copyOf(started);
    });
  }

  private boolean isOurs(JsonNode head) {
    return head.path("label").asText().startsWith(api.github().owner() + ":");
  }

  private boolean startTest(String base, JsonNode head) throws IOException, InterruptedException {
    var commit = head.path("sha").asText();
    var context = "end-to-end/" + base;
    var standing = Optional.ofNullable(standings(commit).get(context));
    if (standing.filter(known -> !Rollout.isLost(known, api.now())).isPresent()) {
      return false;
    }
    var branch = head.path("ref").asText();
    start(TEST, commit, context, Map.of("channel", base, "branch", branch, "commit", commit));
    return true;
  }

  /**
   * Starts the deploy of the next batch of clusters, if its time has come.
   *
   * @param branch the channel's
   */
  public Outcome<Rollout.Step> startNext(Rollout rollout, String branch) {
    var asked =
        api.perform(() -> {
          var commit = tip(branch);
          var step = rollout.next(standings(commit), api.now());
          if (step instanceof Rollout.Step.Start(var batch)) {
            start(
                DEPLOY,
                commit,
                rollout.context(batch),
                Map.of("channel", rollout.channel(), "wave", batch.name(), "commit", commit));
          }
          return Map.entry(commit, step);
        });
    return asked.then(found ->
        found.getValue() instanceof Rollout.Step.Stopped(var batch)
            ? stopped(rollout, batch, found.getKey())
            : Outcome.of(found.getValue()));
  }

  private static Outcome<Rollout.Step> stopped(Rollout rollout, Batch batch, String commit) {
    return new Outcome<>(
        Optional.empty(),
        Diagnostics.of(
            Diagnostic.general(
                Code.WAVE_FAILED,
                "wave %s of %s failed at %s".formatted(batch.name(), rollout.channel(), commit),
                "mend what failed and run the failed jobs again, or roll the channel back")));
  }

  private String tip(String branch) throws IOException, InterruptedException {
    // Slashes in it are part of the path.
    return api.get("git/ref/heads/" + GithubApi.encoded(branch).replace("%2F", "/"))
        .path("object")
        .path("sha")
        .asText();
  }

  /** The status comes second: what says that it is under way, and is not, would hold all up. */
  private void start(String workflow, String commit, String context, Map<String, String> inputs)
      throws IOException, InterruptedException {
    var body = JsonNodeFactory.instance.objectNode().put("ref", MAIN);
    var given = body.putObject("inputs");
    new TreeMap<>(inputs).forEach(given::put);
    api.post("actions/workflows/%s/dispatches".formatted(workflow), body);
    api.post(
        "statuses/" + commit,
        JsonNodeFactory.instance
            .objectNode()
            .put("state", "pending")
            .put("context", context)
            .put("description", "started"));
  }

  /** The last of each context. */
  private Map<String, Standing> standings(String commit) throws IOException, InterruptedException {
    var standings = new TreeMap<String, Standing>();
    for (int page = 1; ; page++) {
      var found =
          api.get("commits/%s/status?per_page=%d&page=%d".formatted(commit, PAGE, page))
              .path("statuses");
      for (var status : found) {
        standings.put(
            status.path("context").asText(),
            new Standing(
                State.valueOf(status.path("state").asText().toUpperCase(Locale.ROOT)),
                Instant.parse(status.path("updated_at").asText())));
      }
      if (found.size() < PAGE) {
        return standings;
      }
    }
  }
}
