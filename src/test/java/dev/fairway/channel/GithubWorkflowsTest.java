package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.channel.CommitStatus.State;
import dev.fairway.channel.Rollout.Step;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
import dev.fairway.model.Channel;
import dev.fairway.model.Gates;
import dev.fairway.source.RandomClusters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GithubWorkflowsTest {
  private static final String COMMIT = "ab".repeat(20);
  private static final String HEAD = "publish/0123";
  private static final String TEST = "end-to-end.yaml";
  private static final String TITLE = "end-to-end/dev " + COMMIT;
  private static final Channel DEV = channel("dev", Optional.empty(), "conformance");
  private static final Channel ALPHA = channel("alpha", Optional.of("dev"), "load-test");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Batch only =
      new Batch("only", List.of(RandomClusters.of(new Random(1), 1)), 1, Duration.ZERO, true);
  private final Rollout rollout = new Rollout("alpha", "alpha-branch", List.of(only));

  private FakeGithub github;
  private GithubApi api;
  private GithubWorkflows workflows;

  @BeforeEach
  void start() throws IOException {
    github = FakeGithub.start();
    api = new GithubApi(github.github(), InstantSource.fixed(NOON), _ -> {});
    workflows = new GithubWorkflows(api);
  }

  @AfterEach
  void stop() {
    workflows.close();
    github.close();
  }

  @Test
  void aTestIsStartedOnMainWithAllThatItNeeds() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);

    assertThat(workflows.startTests(DEV).value()).contains(List.of(HEAD));

    assertThat(github.dispatches)
        .singleElement()
        .satisfies(run -> {
          assertThat(run.path("workflow").asText()).isEqualTo("end-to-end.yaml");
          assertThat(run.path("ref").asText()).isEqualTo("main");
          assertThat(inputs(run))
              .isEqualTo(Map.of("branch", HEAD, "channel", "dev", "commit", COMMIT));
        });
    assertThat(github.statuses)
        .singleElement()
        .satisfies(
            status -> assertThat(status.path("context").asText()).isEqualTo("end-to-end/dev"));
  }

  @Test
  void aTestIsStartedBehindAHundredOfStrangers() {
    for (var number = 0; number < 100; number++) {
      github.pull("mallory:%d".formatted(number), "dev-branch", COMMIT);
    }
    github.pull("example:" + HEAD, "dev-branch", COMMIT);

    assertThat(workflows.startTests(DEV).value()).contains(List.of(HEAD));
  }

  @Test
  void aStatusThatGithubDoesNotHaveIsNoBugOfOurs() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    workflows.startTests(DEV);
    for (var odd : List.of(Map.of("state", "odd"), Map.of("updated_at", "yesterday"))) {
      odd.forEach(github.statuses.getFirst()::put);
      assertThat(workflows.startTests(DEV).diagnostics().all())
          .singleElement()
          .satisfies(told -> assertThat(told.code()).isEqualTo(Code.GITHUB_UNREACHABLE));
      github.statuses.getFirst().put("state", "pending");
    }
  }

  /** Its branch is not called as it is. */
  private static Channel channel(String name, Optional<String> upstream, String... evidence) {
    var gates =
        new Gates(
            List.of(evidence), Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty());
    return new Channel(name, name + "-branch", upstream, gates, List.of(), List.of());
  }

  private static Map<String, String> inputs(JsonNode run) {
    return run.path("inputs").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue().asText()));
  }

  @Test
  void aTestThatRunsOrRanIsNotStartedAgain() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    workflows.startTests(DEV);

    assertThat(workflows.startTests(DEV).value()).contains(List.of());
    assertThat(github.dispatches).hasSize(1);
  }

  /**
   * Of several that wait for the one account GitHub keeps the last, and nobody hears of the rest.
   */
  @Test
  void aTestWhoseRunIsGoneIsStartedAgain() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    workflows.startTests(DEV);
    github.statuses.getFirst().put("updated_at", "2026-11-22T11:30:00Z");
    FakeGithub.completed(github.run(TEST, TITLE, "2026-11-22T11:30:00Z"), "cancelled");

    workflows.startTests(DEV);

    assertThat(github.dispatches).hasSize(2);
  }

  @Test
  void aTestThatTakesForDaysIsNotStartedAgain() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    workflows.startTests(DEV);
    github.statuses.getFirst().put("updated_at", "2026-11-20T12:30:00Z");
    github.run(TEST, TITLE, "2026-11-20T12:30:00Z");

    workflows.startTests(DEV);

    assertThat(github.dispatches).hasSize(1);
  }

  /** An account without room is not the release's fault; but each try costs a cluster. */
  @Test
  void aTestThatFailedIsStartedUntilItFailedThreeTimes() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    for (int run = 0; run < 5; run++) {
      workflows.startTests(DEV);
      FakeGithub.completed(
          github.run(TEST, TITLE, "2026-11-22T11:00:0%dZ".formatted(run)), "failure");
      say("end-to-end/dev", State.ERROR);
    }

    assertThat(github.dispatches).hasSize(GithubWorkflows.TRIES);
  }

  @Test
  void aTestThatPeopleRunAgainIsNotStartedBesideThem() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    say("end-to-end/dev", State.ERROR);
    github.run(TEST, TITLE, "2026-11-21T12:00:00Z");

    workflows.startTests(DEV);

    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void aTestThatPassedIsNotStartedAgain() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    say("end-to-end/dev", State.SUCCESS);

    workflows.startTests(DEV);

    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void aChannelThatAsksForNoEvidenceHasNoTest() {
    github.pull("example:promote/alpha/0123", "alpha-branch", COMMIT);

    assertThat(workflows.startTests(channel("alpha", Optional.of("dev"))).value())
        .contains(List.of());

    assertThat(github.requests).isEmpty();
  }

  /** He would have a cluster of ours run what he likes. */
  @Test
  void whatAForkAsksForIsNotTestedWithOurAccounts() {
    github.pull("mallory:" + HEAD, "dev-branch", COMMIT);

    assertThat(workflows.startTests(DEV).value()).contains(List.of());
    assertThat(github.dispatches).isEmpty();
  }

  /** It has the owner's name, and anybody of the organisation may have made it. */
  @Test
  void aForkOfTheSameOwnersIsAForkAsWell() {
    var pull = github.pull("example:" + HEAD, "dev-branch", COMMIT);
    FakeGithub.repository((ObjectNode) pull.path("head"), "example/platform-fork");

    workflows.startTests(DEV);

    assertThat(github.dispatches).isEmpty();
  }

  /** Who may push a branch can make a release of his own, and would have it signed as passed. */
  @Test
  void whatFairwayDidNotProposeIsNotTested() {
    for (var head : List.of("x", "promote/alpha/0123", "publish")) {
      github.pull("example:" + head, "dev-branch", COMMIT);
    }

    assertThat(workflows.startTests(DEV).value()).contains(List.of());
    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void whatComesFromUpstreamIsTestedWhereTheGatesAskForIt() {
    github.pull("example:promote/alpha/0123", "alpha-branch", COMMIT);

    assertThat(workflows.startTests(ALPHA).value()).contains(List.of("promote/alpha/0123"));
  }

  /** Of several that wait GitHub keeps the last, and the end of each that it drops starts one. */
  @Test
  void noTestIsStartedWhileAnotherOneIsUnderWay() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    var run = github.run(TEST, "end-to-end/dev " + "cd".repeat(20), "2026-11-22T11:00:00Z");

    for (var status : List.of("queued", "pending", "waiting", "in_progress")) {
      run.put("status", status);
      assertThat(workflows.startTests(DEV).value()).contains(List.of());
    }
    FakeGithub.completed(run, "success");

    assertThat(workflows.startTests(DEV).value()).contains(List.of(HEAD));
  }

  @Test
  void ofTwoTestsOneIsStarted() {
    github.pull("example:" + HEAD, "dev-branch", COMMIT);
    github.pull("example:publish/4567", "dev-branch", "cd".repeat(20));

    assertThat(workflows.startTests(DEV).value()).contains(List.of(HEAD));
    assertThat(github.dispatches).hasSize(1);
  }

  @Test
  void otherChannelsAreLeftAlone() {
    github.pull("example:promote/alpha/0123", "alpha", COMMIT);

    workflows.startTests(DEV);

    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void aWaveIsStartedForTheCommitThatTheBranchIsAt() {
    github.branches.put("alpha-branch", COMMIT);

    assertThat(workflows.startNext(rollout).value()).contains(new Step.Start(only));
    assertThat(workflows.startNext(rollout).value()).contains(new Step.UnderWay(only));

    assertThat(github.dispatches)
        .singleElement()
        .satisfies(run ->
            assertThat(inputs(run))
                .isEqualTo(Map.of("channel", "alpha", "commit", COMMIT, "wave", "only")));
  }

  @Test
  void aBranchThatMovedStartsAnew() {
    github.branches.put("alpha-branch", COMMIT);
    workflows.startNext(rollout);
    github.branches.put("alpha-branch", "cd".repeat(20));

    workflows.startNext(rollout);

    assertThat(github.dispatches).hasSize(2);
  }

  @Test
  void aWaveThatFailedStopsItWithAnError() {
    github.branches.put("alpha-branch", COMMIT);
    say("deploy/alpha/only", State.FAILURE);

    assertThat(workflows.startNext(rollout).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.WAVE_FAILED);
    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void aWaveThatWasMendedGoesOn() {
    github.branches.put("alpha-branch", COMMIT);
    say("deploy/alpha/only", State.FAILURE);
    say("deploy/alpha/only", State.SUCCESS);

    assertThat(workflows.startNext(rollout).value()).contains(new Step.Finished());
  }

  private void say(String context, State state) {
    new GithubPullRequests(api)
        .status(COMMIT, new CommitStatus(state, context, "", Optional.empty()));
  }

  /** Two hundred and fifty clusters one at a time are three weeks. */
  @Test
  void aWaveThatTakesForWeeksIsNotStartedAgain() {
    github.branches.put("alpha-branch", COMMIT);
    workflows.startNext(rollout);
    github.statuses.getFirst().put("updated_at", "2026-11-02T12:00:00Z");
    github.run("deploy.yaml", "deploy/alpha/only " + COMMIT, "2026-11-02T11:59:58Z");

    assertThat(workflows.startNext(rollout).value()).contains(new Step.UnderWay(only));
    assertThat(github.dispatches).hasSize(1);
  }

  @Test
  void aWaveWhoseRunIsGoneIsStartedAgain() {
    github.branches.put("alpha-branch", COMMIT);
    workflows.startNext(rollout);
    github.statuses.getFirst().put("updated_at", "2026-11-22T11:00:00Z");
    FakeGithub.completed(
        github.run("deploy.yaml", "deploy/alpha/only " + COMMIT, "2026-11-22T11:00:00Z"),
        "cancelled");
    github.run("deploy.yaml", "deploy/alpha/other " + COMMIT, "2026-11-22T11:00:00Z");

    assertThat(workflows.startNext(rollout).value()).contains(new Step.Start(only));
    assertThat(github.dispatches).hasSize(2);
  }

  /** GitHub takes a moment until it lists what it was asked for. */
  @Test
  void aWaveThatWasJustStartedIsNotLookedFor() {
    github.branches.put("alpha-branch", COMMIT);
    workflows.startNext(rollout);

    assertThat(workflows.startNext(rollout).value()).contains(new Step.UnderWay(only));
    assertThat(github.requests).noneMatch(request -> request.startsWith("GET actions"));
  }

  @Test
  void aChannelWithoutAReleaseHasNothingToDeploy() {
    github.branches.put("main", COMMIT);

    assertThat(workflows.startNext(rollout).value()).contains(new Step.Empty());
    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void anotherRepositoryIsNoChannelWithoutARelease() {
    assertThat(workflows.startNext(rollout).diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.GITHUB_REFUSED);
  }
}
