package dev.fairway.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.channel.CommitStatus.State;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.diagnostic.Diagnostics;
import dev.fairway.diagnostic.Outcome;
import dev.fairway.model.Channel;
import java.io.IOException;
import java.time.Duration;
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
 * remembered as a status of the commit, so that to ask once more starts nothing twice. A status can
 * outlive its run, which may have been cancelled before it began: so what is said to be under way
 * is looked for among the runs, which are called {@code <context> <commit>}.
 */
public final class GithubWorkflows implements AutoCloseable {
  /** What was just asked for is not listed at once. */
  static final Duration UNLISTED = Duration.ofMinutes(10);

  /** A test that failed so often is for people to look at: each costs a cluster. */
  static final int TRIES = 3;

  private static final String MAIN = "main";
  private static final String TEST = "end-to-end.yaml";
  private static final String DEPLOY = "deploy.yaml";
  private static final int PAGE = 100;

  private final GithubApi api;

  /** A run of a workflow, as far as it counts here. */
  private record Run(boolean isUnderWay, boolean isCancelled) {
    static Run of(JsonNode run) {
      return new Run(
          !run.path("status").asText().equals("completed"),
          run.path("conclusion").asText().equals("cancelled"));
    }
  }

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
   * Starts the end-to-end test of an open pull request to a channel, unless it passed, is under
   * way, or failed {@link #TRIES} times; none while any test is under way, for of those that wait
   * GitHub keeps one. What Fairway did not propose is not tested with our accounts, and a channel
   * that asks for no evidence has no test.
   *
   * @return the branch whose test was started, if any
   */
  public Outcome<List<String>> startTests(Channel channel) {
    if (channel.gates().evidence().isEmpty()) {
      return Outcome.of(List.of());
    }
    return api.perform(() -> {
      var base = GithubApi.encoded(channel.branch());
      for (var pull : api.all("pulls?state=open&base=" + base)) {
        if (isOurs(channel, pull) && isDue(channel, pull)) {
          return startAlone(channel, pull.path("head"));
        }
      }
      return List.of();
    });
  }

  /** Whoever may push can open one of a branch of his own; on these Fairway alone may push. */
  private static boolean isOurs(Channel channel, JsonNode pull) {
    var head = pull.path("head");
    var made = channel.upstream().isEmpty() ? Branches.PUBLISH : Branches.promote(channel.name());
    return head.path("repo")
            .path("full_name")
            .equals(pull.path("base").path("repo").path("full_name"))
        && head.path("ref").asText().startsWith(made);
  }

  private List<String> startAlone(Channel channel, JsonNode head)
      throws IOException, InterruptedException {
    if (page(TEST, "", 1).valueStream().map(Run::of).anyMatch(Run::isUnderWay)) {
      return List.of();
    }
    startTest(channel, head);
    return List.of(head.path("ref").asText());
  }

  private static String context(Channel channel) {
    return "end-to-end/" + channel.name();
  }

  private boolean isDue(Channel channel, JsonNode pull) throws IOException, InterruptedException {
    var commit = pull.path("head").path("sha").asText();
    var context = context(channel);
    var standing = Optional.ofNullable(standings(commit).get(context));
    if (standing.isEmpty()) {
      return true;
    }
    if (standing.get().state() == State.SUCCESS || isFresh(standing.get())) {
      return false;
    }
    var opened = GithubApi.read(pull.path("created_at"), Instant::parse);
    var runs = runs(TEST, context, commit, opened);
    return runs.stream().noneMatch(Run::isUnderWay)
        && runs.stream().filter(run -> !run.isCancelled()).count() < TRIES;
  }

  private void startTest(Channel channel, JsonNode head) throws IOException, InterruptedException {
    var commit = head.path("sha").asText();
    var inputs =
        Map.of("channel", channel.name(), "branch", head.path("ref").asText(), "commit", commit);
    start(TEST, commit, context(channel), inputs);
  }

  /** Starts the deploy of the next batch of clusters, if its time has come. */
  public Outcome<Rollout.Step> startNext(Rollout rollout) {
    var asked =
        api.perform(() -> {
          var tip = tip(rollout.branch());
          return Map.entry(
              tip.orElse(""), tip.isEmpty() ? new Rollout.Step.Empty() : next(rollout, tip.get()));
        });
    return asked.then(found ->
        found.getValue() instanceof Rollout.Step.Stopped(var batch)
            ? stopped(rollout, batch, found.getKey())
            : Outcome.of(found.getValue()));
  }

  private Rollout.Step next(Rollout rollout, String commit)
      throws IOException, InterruptedException {
    var standings = standings(commit);
    for (var batch : rollout.batches()) {
      var context = rollout.context(batch);
      var standing = Optional.ofNullable(standings.get(context));
      if (standing.isPresent() && isLost(context, commit, standing.get())) {
        standings.remove(context);
      }
    }
    var step = rollout.next(standings, api.now());
    if (step instanceof Rollout.Step.Start(var batch)) {
      start(
          DEPLOY,
          commit,
          rollout.context(batch),
          Map.of("channel", rollout.channel(), "wave", batch.name(), "commit", commit));
    }
    return step;
  }

  /** However long a wave takes, its run is there. */
  private boolean isLost(String context, String commit, Standing standing)
      throws IOException, InterruptedException {
    return standing.state() == State.PENDING
        && !isFresh(standing)
        && runs(DEPLOY, context, commit, standing.since().minus(UNLISTED)).stream()
            .noneMatch(Run::isUnderWay);
  }

  private boolean isFresh(Standing standing) {
    return standing.state() == State.PENDING && standing.since().plus(UNLISTED).isAfter(api.now());
  }

  private List<Run> runs(String workflow, String context, String commit, Instant since)
      throws IOException, InterruptedException {
    var runs = new ArrayList<Run>();
    var created = "&created=" + GithubApi.encoded(">=" + since);
    for (int page = 1; ; page++) {
      var found = page(workflow, created, page);
      for (var run : found) {
        if (run.path("display_title").asText().equals(title(context, commit))) {
          runs.add(Run.of(run));
        }
      }
      if (found.size() < PAGE) {
        return runs;
      }
    }
  }

  /** The newest runs are on the first one. */
  private JsonNode page(String workflow, String filter, int page)
      throws IOException, InterruptedException {
    return api.get(
            "actions/workflows/%s/runs?event=workflow_dispatch%s&per_page=%d&page=%d"
                .formatted(workflow, filter, PAGE, page))
        .path("workflow_runs");
  }

  /** What the workflows call their runs. */
  static String title(String context, String commit) {
    return context + " " + commit;
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

  /** Empty where there is no such branch; a repository that has no main is another one. */
  private Optional<String> tip(String branch) throws IOException, InterruptedException {
    // Slashes in it are part of the path.
    var found = api.find("git/ref/heads/" + GithubApi.encoded(branch).replace("%2F", "/"));
    if (found.isMissingNode()) {
      var _ = api.get("git/ref/heads/" + MAIN);
      return Optional.empty();
    }
    return Optional.of(found.path("object").path("sha").asText());
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
                GithubApi.read(
                    status.path("state"), state -> State.valueOf(state.toUpperCase(Locale.ROOT))),
                GithubApi.read(status.path("updated_at"), Instant::parse)));
      }
      if (found.size() < PAGE) {
        return standings;
      }
    }
  }
}
