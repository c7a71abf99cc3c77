package dev.fairway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.channel.CommitStatus.State;
import dev.fairway.channel.Rollout.Step;
import dev.fairway.diagnostic.Code;
import dev.fairway.diagnostic.Diagnostic;
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
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Batch only =
      new Batch("only", List.of(RandomClusters.of(new Random(1), 1)), 1, Duration.ZERO, true);
  private final Rollout rollout = new Rollout("alpha", List.of(only));

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
    github.pull("example:" + HEAD, "dev", COMMIT);

    assertThat(workflows.startTests("dev").value()).contains(List.of(HEAD));

    assertThat(github.dispatches)
        .singleElement()
        .satisfies(run -> {
          assertThat(run.path("workflow").asText()).isEqualTo("end-to-end.yaml");
          assertThat(run.path("ref").asText()).isEqualTo("main");
          assertThat(inputs(run))
              .isEqualTo(Map.of("branch", HEAD, "channel", "dev", "commit", COMMIT));
        });
  }

  private static Map<String, String> inputs(JsonNode run) {
    return run.path("inputs").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue().asText()));
  }

  @Test
  void aTestThatRunsOrRanIsNotStartedAgain() {
    github.pull("example:" + HEAD, "dev", COMMIT);
    workflows.startTests("dev");

    assertThat(workflows.startTests("dev").value()).contains(List.of());
    assertThat(github.dispatches).hasSize(1);
  }

  @Test
  void aTestThatWasLostIsStartedAgain() {
    github.pull("example:" + HEAD, "dev", COMMIT);
    workflows.startTests("dev");
    github.statuses.getFirst().put("updated_at", "2026-11-21T11:59:59Z");

    workflows.startTests("dev");

    assertThat(github.dispatches).hasSize(2);
  }

  /** He would have a cluster of ours run what he likes. */
  @Test
  void whatAForkAsksForIsNotTestedWithOurAccounts() {
    github.pull("mallory:" + HEAD, "dev", COMMIT);

    assertThat(workflows.startTests("dev").value()).contains(List.of());
    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void otherChannelsAreLeftAlone() {
    github.pull("example:promote/alpha/0123", "alpha", COMMIT);

    workflows.startTests("dev");

    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void aWaveIsStartedForTheCommitThatTheBranchIsAt() {
    github.branches.put("alpha", COMMIT);

    assertThat(workflows.startNext(rollout, "alpha").value()).contains(new Step.Start(only));
    assertThat(workflows.startNext(rollout, "alpha").value()).contains(new Step.UnderWay(only));

    assertThat(github.dispatches)
        .singleElement()
        .satisfies(run ->
            assertThat(inputs(run))
                .isEqualTo(Map.of("channel", "alpha", "commit", COMMIT, "wave", "only")));
  }

  @Test
  void aBranchThatMovedStartsAnew() {
    github.branches.put("alpha", COMMIT);
    workflows.startNext(rollout, "alpha");
    github.branches.put("alpha", "cd".repeat(20));

    workflows.startNext(rollout, "alpha");

    assertThat(github.dispatches).hasSize(2);
  }

  @Test
  void aWaveThatFailedStopsItWithAnError() {
    github.branches.put("alpha", COMMIT);
    say(State.FAILURE);

    assertThat(workflows.startNext(rollout, "alpha").diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.WAVE_FAILED);
    assertThat(github.dispatches).isEmpty();
  }

  @Test
  void aWaveThatWasMendedGoesOn() {
    github.branches.put("alpha", COMMIT);
    say(State.FAILURE);
    say(State.SUCCESS);

    assertThat(workflows.startNext(rollout, "alpha").value()).contains(new Step.Finished());
  }

  private void say(State state) {
    new GithubPullRequests(api)
        .status(COMMIT, new CommitStatus(state, "deploy/alpha/only", "", Optional.empty()));
  }

  @Test
  void aChannelWithoutABranchIsSaidToHaveNone() {
    assertThat(workflows.startNext(rollout, "alpha").diagnostics().all())
        .extracting(Diagnostic::code)
        .containsExactly(Code.GITHUB_REFUSED);
  }
}
